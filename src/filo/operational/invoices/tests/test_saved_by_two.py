"""What somebody else saved meanwhile is not overwritten unseen: fiscal data, and drafts of invoices."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.operational.invoices.services import LineFacts, change_draft
from filo.operational.invoices.tests.office import Office
from filo.testing.clients import CheckedClient
from filo.testing.forms import beside, saved_twice, values_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def test_fiscal_data_that_two_save(office: Office, client_of: ClientOf) -> None:
    found = saved_twice(client_of("admin"), f"/settings/invoices/{office.company.pk}", "terms", "60", "90 FM")
    assert (found.status, found.kept, found.at_last) == (422, "60", "90 FM")
    assert "Qualcun altro ha modificato" in found.page


def test_a_draft_that_two_save(office: Office, client_of: ClientOf) -> None:
    draft = office.draft()
    address = f"/invoices/{draft.pk}"
    found = saved_twice(client_of("inside"), address, "cause", "Acconto", "Saldo", to=f"{address}/write")
    assert (found.status, found.kept.strip(), found.at_last.strip()) == (422, "Acconto", "Saldo")


def test_lines_that_somebody_else_wrote_stand_beside_ones_own(office: Office, client_of: ClientOf) -> None:
    draft, inside = office.draft(), client_of("inside")
    opened = values_of(inside.get(f"/invoices/{draft.pk}").content.decode(), containing="cause")
    change_draft(office.principal(), draft, lines=[LineFacts(description="Velluto", unit_price=Decimal(9))])
    mine = {"line-id": "", "line-description": "Tessuto", "line-quantity": "2", "line-unit_price": "100"}
    page = inside.post(f"/invoices/{draft.pk}/write", opened | mine | {"line-vat": "22"}).content.decode()
    assert beside("1 Velluto", "2 Tessuto") in page


def test_a_form_refused_for_something_else_does_not_pass_over_what_was_saved(
    office: Office, client_of: ClientOf
) -> None:
    draft, inside = office.draft(), client_of("inside")
    address = f"/invoices/{draft.pk}"
    opened = values_of(inside.get(address).content.decode(), containing="cause")
    change_draft(office.principal(), draft, cause="Acconto")
    refused = inside.post(f"{address}/write", opened | {"terms": "presto"}).content.decode()
    again = values_of(refused, containing="cause") | {"terms": "30", "cause": "Saldo"}
    assert inside.post(f"{address}/write", again).status_code == 422
    assert office.again(draft).cause == "Acconto"
