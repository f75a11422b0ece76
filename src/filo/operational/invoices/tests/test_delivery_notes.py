"""A deferred invoice names every delivery note that it follows (DPR 633/72, article 21, paragraph 4, letter a)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import change_draft
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.schema import complaints
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
TWO = [("118", date(2026, 1, 20)), ("101", date(2026, 1, 3))]


def notes_in(invoice: Invoice) -> list[tuple[str, date | None]]:
    made = xml_of(invoice)
    assert complaints(made, "FPR12") == []
    return [(one.number, one.day) for one in read(made).document.bodies[0].references if one.kind == "ddt"]


def test_each_stands_in_the_file_and_the_first_day_says_until_when_it_is_sent(office: Office) -> None:
    found = office.issue(type="TD24", deliveries=TWO)
    assert notes_in(found) == TWO
    assert (found.delivery_number, found.delivery_day) == ("101", date(2026, 1, 3))
    assert found.send_by == date(2026, 2, 15)


@pytest.mark.parametrize(
    "notes",
    [[("", date(2026, 1, 3))], [("1" * 21, date(2026, 1, 3))], [("101", None)], [("1", date(2026, 1, 3))] * 201],
)
def test_what_is_no_delivery_note_is_refused(office: Office, notes: list[tuple[str, date]]) -> None:
    with pytest.raises(InvalidFields) as refused:
        office.draft(type="TD24", deliveries=notes)
    assert list(refused.value.fields) == ["deliveries"]


def test_none_is_none_again(office: Office) -> None:
    draft = office.draft(type="TD24", deliveries=TWO)
    draft = office.again(change_draft(office.principal(), draft, deliveries=[]))
    assert (draft.delivery_notes, draft.delivery_number, draft.delivery_day) == ([], "", None)


def test_one_that_came_of_a_shipment_is_told_the_same_way(office: Office) -> None:
    found = office.issue(type="TD24", delivery_number="DDT-7", delivery_day=date(2026, 1, 3))
    assert found.delivery_notes == [("DDT-7", date(2026, 1, 3))]
    assert notes_in(found) == [("DDT-7", date(2026, 1, 3))]


def test_they_are_typed_one_a_line(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    draft, client = office.draft(), client_of("inside")
    page = f"/invoices/{draft.pk}"
    facts = {"type": "TD24", "method": "MP05", "vat_due": "I", "version": draft.version}
    facts |= {"line-description": "Tessuto", "line-unit_price": "100", "line-vat": "22"}
    wrong = client.post(f"{page}/write", facts | {"deliveries": "101 03/01/2026\n118"})
    assert wrong.status_code == 422
    assert "118" in wrong.content.decode()
    assert (
        client.post(f"{page}/write", facts | {"deliveries": "118 20/01/2026\n\nA 101, 2026-01-03"}).status_code == 302
    )
    assert office.again(draft).delivery_notes == [("118", date(2026, 1, 20)), ("A 101", date(2026, 1, 3))]
    shown = client.get(page).content.decode()
    assert "118 20/01/2026\nA 101 03/01/2026" in shown


def test_they_are_sent_and_told_at_the_api(office: Office) -> None:
    inside = api_of(office.world, "inside")
    notes = [{"number": "118", "day": "2026-01-20"}, {"number": "101", "day": "2026-01-03"}]
    body = {"party": str(office.party.pk), "company": office.company.code, "type": "TD24", "deliveries": notes}
    body |= {"lines": [{"description": "Tessuto", "unit_price": "100"}]}
    made = inside.send("/invoices", body).json()
    assert (made["deliveries"], made["delivery_number"]) == (notes, "101")
    assert [one["number"] for one in made["references"]] == ["118", "101"]
