"""Credit is given for so much of each line, and no more than there is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import LineFacts, draft_credit, issue_invoice
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.schema import complaints
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
D = Decimal
COURSES = LineFacts(description="Corso", quantity=D(2), unit_price=D(100), vat_rate=D(0), nature="N4")


def half(office: Office, invoice: Invoice) -> Invoice:
    row = invoice.lines.get()
    return draft_credit(office.principal(), office.again(invoice), quantities={row.pk: D(1)})


@pytest.mark.parametrize("both_first", [True, False])
def test_the_stamp_duty_is_given_back_once(office: Office, both_first: bool) -> None:
    found = office.issue(lines=[COURSES], stamp_charged=True)
    assert found.payable == D(202)
    notes = [half(office, found)]
    if both_first:
        notes.append(half(office, found))
    issue_invoice(office.principal(), notes[0])
    if not both_first:
        notes.append(half(office, found))
        assert notes[1].payable == D(100)
    issue_invoice(office.principal(), notes[1])
    assert [office.again(note).payable for note in notes] == [D(102), D(100)]
    again = office.again(found)
    assert again.credited == again.payable
    assert [complaints(xml_of(office.again(note)), "FPR12") for note in notes] == [[], []]


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "sNaN", "1e400"])
def test_so_many_that_it_is_no_number_is_refused(
    office: Office, client_of: Callable[[str], CheckedClient], typed: str
) -> None:
    found = office.issue()
    row = found.lines.get()
    answer = client_of("inside").post(f"/invoices/{found.pk}/credit", {f"quantity-{row.pk}": typed})
    assert answer["Location"] == f"/invoices/{found.pk}"
    with pytest.raises(InvalidFields):
        draft_credit(office.principal(), found, quantities={row.pk: D(typed)})
    assert not Invoice.objects.filter(credits=found).exists()
