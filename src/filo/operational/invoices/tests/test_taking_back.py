"""What was changed in a draft, and the draft itself, come back with one press, as long as nothing was issued of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import Undone, undo_operation
from filo.foundation.errors import Forbidden, NotFound
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.invoices.services import (
    LineFacts,
    change_draft,
    delete_draft,
    draft_credit,
    issue_invoice,
)
from filo.operational.invoices.services.deliveries import bill_shipments
from filo.operational.invoices.services.orders import bill_order
from filo.operational.invoices.tests.office import Office, office_of
from filo.operational.orders.models import Shipment
from filo.operational.orders.tests.counter import JACKET, LAMP, counter_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
D = Decimal
FACTS: dict[str, Any] = {
    "terms": "60 FM",
    "cause": "Saldo",
    "held_kind": "RT01",
    "held_rate": D(20),
    "held_cause": "A",
    "order_date": date(2026, 10, 1),
    "stamp_charged": True,
    "deliveries": [("D 2026/1", date(2026, 10, 2)), ("D 2026/2", date(2026, 10, 5))],
}
OF_LINE = (
    "position",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "discounts",
    "off",
    "vat_rate",
    "amount",
    "cost",
)


@pytest.fixture
def office(world: World) -> Office:
    return office_of(world)


def last(invoice: Invoice, what: str) -> AuditEntry:
    return AuditEntry.objects.filter(object_id=invoice.pk, action=f"invoice.{what}").order_by("at", "id").reverse()[0]


def undo(office: Office, invoice: Invoice, what: str, who: str = "inside") -> Undone:
    return undo_operation(office.principal(who), last(invoice, what).operation)


def everything(invoice: Invoice) -> dict[str, Any]:
    """All that a draft says, but for its version and the ids of its lines."""
    found = Invoice.objects.filter(pk=invoice.pk).values().get()
    lines = InvoiceLine.objects.filter(invoice=invoice.pk).order_by("position")
    return found | {"version": 0, "lines": list(lines.values_list(*OF_LINE, "shipment_id", "variant_id", "reasons"))}


def test_facts_and_lines_are_as_before_one_step_after_the_other(office: Office) -> None:
    draft = office.draft("100.00", "50.00", cause="Acconto")
    first = everything(draft)
    change_draft(office.principal(), draft, **FACTS)
    second = everything(draft)
    change_draft(office.principal(), draft, lines=[LineFacts(description="Seta", unit_price=D("9.90"))], terms="30")
    assert undo(office, draft, "edit").left == {}
    assert everything(draft) == second
    undo_operation(office.principal(), AuditEntry.objects.get(object_id=draft.pk, changes__has_key="cause").operation)
    assert everything(draft) == first


def test_what_somebody_changed_since_stays(office: Office) -> None:
    draft = office.draft("100.00")
    change_draft(office.principal(), draft, cause="Saldo", held_kind="RT01", held_rate=D(20), held_cause="A")
    made = last(draft, "edit")
    change_draft(office.principal(), draft, cause="Saldo 2026")
    undo_operation(office.principal(), made.operation)
    now = office.again(draft)
    assert (now.cause, now.held_kind, now.held_rate) == ("Saldo 2026", "", D(0))


def test_what_was_issued_stays_as_it_is(office: Office) -> None:
    draft = office.draft("100.00")
    change_draft(office.principal(), draft, cause="Saldo")
    issue_invoice(office.principal(), office.again(draft))
    undone = undo(office, draft, "edit")
    assert undone.taken == 0
    assert office.again(draft).cause == "Saldo"


def test_a_draft_that_was_thrown_away_is_there_again_as_it_was(office: Office) -> None:
    draft = office.draft("100.00", "50.00", **FACTS)
    before = everything(draft)
    delete_draft(office.principal(), draft)
    assert not Invoice.objects.filter(pk=draft.pk).exists()
    undo(office, draft, "delete")
    assert everything(draft) == before
    assert issue_invoice(office.principal(), office.again(draft)).serial == 1


def test_bringing_it_back_can_be_taken_back_unless_it_was_changed(office: Office) -> None:
    draft = office.draft("100.00")
    for changed in (False, True):
        delete_draft(office.principal(), office.again(draft))
        undo(office, draft, "delete")
        if changed:
            change_draft(office.principal(), office.again(draft), cause="Saldo")
        undo(office, draft, "bring-back")
        assert Invoice.objects.filter(pk=draft.pk).exists() is changed
        if not changed:
            undo_operation(office.principal(), last(draft, "delete").operation)


def test_a_credit_note_takes_from_its_invoice_again(office: Office) -> None:
    invoice = office.issue("100.00")
    credit = draft_credit(office.principal(), invoice)
    before = everything(credit)
    delete_draft(office.principal(), credit)
    undo(office, credit, "delete")
    assert everything(credit) == before
    delete_draft(office.principal(), credit)
    issue_invoice(office.principal(), draft_credit(office.principal(), office.again(invoice)))
    assert undo(office, credit, "delete").taken == 0
    assert not Invoice.objects.filter(pk=credit.pk).exists()


@pytest.mark.parametrize("together", [True, False])
def test_what_was_billed_meanwhile_is_not_billed_twice(office: Office, together: bool) -> None:
    counter = counter_of(office.world)
    order = counter.confirmed(counter.line(JACKET, "1"), counter.line(LAMP, "1"))
    counter.ship(order)
    bill: Callable[[], Invoice] = lambda: bill_order(office.principal(), order)  # noqa: E731
    if together:
        bill = lambda: bill_shipments(office.principal(), list(Shipment.objects.filter(order=order)))  # noqa: E731
    draft = bill()
    before = everything(draft)
    delete_draft(office.principal(), draft)
    undo(office, draft, "delete")
    assert everything(draft) == before
    delete_draft(office.principal(), draft)
    other = bill()
    undone = undo(office, draft, "delete")
    assert (undone.taken, len(undone.left)) == (0, 1)
    assert Invoice.objects.get() == other


def test_only_who_may_write_for_the_customer_brings_it_back(office: Office) -> None:
    draft = office.draft("100.00")
    delete_draft(office.principal(), draft)
    for name in ("stranger", "operator"):
        with pytest.raises((Forbidden, NotFound)):
            undo(office, draft, "delete", who=name)
    assert not Invoice.objects.filter(pk=draft.pk).exists()
    undo(office, draft, "delete", who="agent")
    assert Invoice.objects.filter(pk=draft.pk).exists()


def test_the_pages_offer_it(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    inside, draft = client_of("inside"), office.draft("100.00")
    posted = {"version": "1", "type": "TD01", "terms": "30", "method": "MP05", "vat_due": "I", "fund_vat_rate": "22"}
    line = {"line-id": str(draft.lines.get().pk), "line-description": "Seta", "line-unit_price": "12", "line-vat": "22"}
    answer = inside.post(f"/invoices/{draft.pk}/write", posted | line | {"line-quantity": "2"}, follow=True)
    assert office.again(draft).net == D("24.00")
    (address,) = [one.extra_tags for one in answer.context["messages"]]
    assert inside.post(address)["Location"] == f"/invoices/{draft.pk}"
    assert office.again(draft).net == D("100.00")
    answer = inside.post(f"/invoices/{draft.pk}/delete", follow=True)
    address = [one.extra_tags for one in answer.context["messages"]][-1]
    assert inside.post(address)["Location"] == f"/invoices/{draft.pk}"
    assert inside.get(f"/invoices/{draft.pk}").status_code == 200


def test_its_page_tells_the_lines_and_offers_the_way_back(
    office: Office, client_of: Callable[[str], CheckedClient]
) -> None:
    draft = office.draft("100.00")
    lines = [LineFacts(description="Velluto", quantity=D("2.5"), unit_price=D(10))]
    change_draft(office.principal(), draft, lines=lines)
    page = client_of("inside").get(f"/invoices/{draft.pk}/changes").content.decode()
    assert "<del>1 Tessuto 1</del>" in page
    assert "<ins>2,5 Velluto</ins>" in page
    assert "<del>122,00</del>" in page
    assert "<ins>30,50</ins>" in page
    assert "<ins>Lanificio Bassi S.r.l.</ins>" in page
    way_back = f"/operations/{last(draft, 'edit').operation}/undo"
    assert way_back in page
    issue_invoice(office.principal(), office.again(draft))
    assert way_back not in client_of("inside").get(f"/invoices/{draft.pk}/changes").content.decode()
    assert client_of("stranger").get(f"/invoices/{draft.pk}/changes").status_code == 404
