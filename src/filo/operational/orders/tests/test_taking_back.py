"""A change of an order's facts or lines is taken back with one press, as far as nobody has changed them since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.operational.catalogue.models import Variant
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order
from filo.operational.orders.services import change_order, confirm_order, write_lines
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, Counter, counter_of, faults
from filo.operational.orders.tests.test_terms_of_orders import TERMS
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(world: World) -> Counter:
    return counter_of(world)


def changed(counter: Counter, order: Order, **facts: Any) -> AuditEntry:
    """The line in the audit of a change."""
    change_order(counter.principal(), counter.again(order), **facts)
    return (
        AuditEntry.objects.filter(object_id=order.pk, action="order.edit").order_by("at", "id").last() or AuditEntry()
    )


def test_each_fact_is_as_it_was(counter: Counter) -> None:
    order, other = counter.draft(counter.line(JACKET, "2")), counter.world.people["agent"].id
    before = counter.again(order)
    facts = {
        "promised_date": date(2026, 12, 24),
        "owner_id": other,
        "ship_to": ["Via Po 1", "Torino"],
        "currency": "USD",
    }
    made = changed(counter, order, **(facts | {"currency": "EUR"}), reference="A/1", internal_note="Piano")
    undo_operation(counter.principal(), made.operation)
    now = counter.again(order)
    for name in ("promised_date", "owner_id", "ship_to", "reference", "internal_note"):
        assert getattr(now, name) == getattr(before, name)


def test_what_somebody_changed_since_stays(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "1"))
    made = changed(counter, order, reference="A/1", internal_note="Piano")
    changed(counter, order, reference="B/2")
    undo_operation(counter.principal(), made.operation)
    now = counter.again(order)
    assert (now.reference, now.internal_note) == ("B/2", "")


def test_prices_that_followed_from_it_are_as_before(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "1"))
    made = changed(counter, order, gross=True)
    assert [line.unit_price for line in counter.lines(order)] == [Decimal("122.00")]
    undo_operation(counter.principal(), made.operation)
    assert [line.unit_price for line in counter.lines(order)] == [Decimal("100.00")]


def test_the_page_offers_it(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order, admin = counter.draft(counter.line(JACKET, "1")), client_of("admin")
    posted = TERMS | {"language": "it", "version": str(counter.again(order).version)}
    answer = admin.post(f"/orders/{order.pk}/change", posted, follow=True)
    (address,) = [one.extra_tags for one in answer.context["messages"]]
    assert counter.again(order).reference == TERMS["reference"]
    assert admin.post(address)["Location"] == f"/orders/{order.pk}"
    assert counter.again(order).reference == ""


def lines_changed(counter: Counter, order: Order, *lines: LineDraft) -> AuditEntry:
    """The line in the audit of lines that were written."""
    write_lines(counter.principal(), counter.again(order), lines)
    return (
        AuditEntry.objects.filter(object_id=order.pk, action="order.lines").order_by("at", "id").last() or AuditEntry()
    )


def rows(counter: Counter, order: Order) -> list[tuple[Any, ...]]:
    """What the page shows of each line."""
    names = ("pk", "code", "description", "quantity", "unit", "unit_price", "discounts", "off", "amount", "by_hand")
    return [tuple(getattr(line, name) for name in names) for line in counter.lines(order)]


def test_lines_of_a_draft_are_as_they_were_one_step_after_the_other(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "2", discounts="5"), counter.line(LAMP, "1"))
    first, total = rows(counter, order), counter.again(order).total
    lamp = counter.lines(order)[1]
    one = lines_changed(counter, order, counter.line(JACKET, "3"), counter.line(LAMP, "1", id=lamp.pk))
    second = rows(counter, order)
    two = lines_changed(counter, order, counter.line(COAT, "1"))
    undo_operation(counter.principal(), two.operation)
    assert rows(counter, order) == second
    undo_operation(counter.principal(), one.operation)
    assert rows(counter, order) == first
    assert counter.again(order).total == total


def test_lines_that_somebody_wrote_since_stay(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "1"))
    made = lines_changed(counter, order, counter.line(JACKET, "2"))
    lines_changed(counter, order, counter.line(JACKET, "5"))
    assert not undo_operation(counter.principal(), made.operation).taken
    assert [line.quantity for line in counter.lines(order)] == [5]


def test_a_confirmed_order_has_its_prices_and_its_stock_again(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"), counter.line(LAMP, "4"))
    before = rows(counter, order)
    jacket = counter.lines(order)[0]
    made = lines_changed(counter, order, counter.line(JACKET, "1", id=jacket.pk))
    Variant.objects.filter(sku=LAMP).update(price=Decimal(300))
    assert counter.stock(LAMP) == (10, 0)
    undo_operation(counter.principal(), made.operation)
    assert rows(counter, order) == before
    assert counter.stock(JACKET) == (10, 2)
    assert counter.stock(LAMP) == (10, 4)
    assert faults() == []


def test_what_the_stock_gave_to_others_meanwhile_is_told(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "8"))
    made = lines_changed(counter, order, counter.line(JACKET, "1", id=counter.lines(order)[0].pk))
    counter.confirmed(counter.line(JACKET, "6"))
    undone = undo_operation(counter.principal(), made.operation)
    assert undone.taken == 0
    assert JACKET in undone.sentence
    assert [line.quantity for line in counter.lines(order)] == [1]
    assert faults() == []


def test_a_confirmed_order_does_not_lose_its_only_line(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "1"))
    lines_changed(counter, order)
    made = lines_changed(counter, order, counter.line(JACKET, "1"))
    confirm_order(counter.principal(), counter.again(order))
    assert not undo_operation(counter.principal(), made.operation).taken
    assert len(counter.lines(order)) == 1


def test_the_page_offers_it_for_lines(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order, admin = counter.draft(counter.line(JACKET, "1")), client_of("admin")
    line = counter.lines(order)[0]
    posted = {"id": str(line.pk), "what": JACKET, "quantity": "4", "unit_price": "", "discounts": ""}
    answer = admin.post(f"/orders/{order.pk}/write", posted | {"version": str(order.version)}, follow=True)
    assert [one.quantity for one in counter.lines(order)] == [4]
    (address,) = [one.extra_tags for one in answer.context["messages"]]
    admin.post(address)
    assert [one.quantity for one in counter.lines(order)] == [1]


def test_the_page_of_changes_tells_the_lines(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order = counter.draft(counter.line(JACKET, "1"))
    made = lines_changed(counter, order, counter.line(JACKET, "1", id=counter.lines(order)[0].pk), counter.line(LAMP))
    page = client_of("admin").get(f"/orders/{order.pk}/changes").content.decode()
    assert f"<ins>1 {LAMP}</ins>" in page
    assert f"/operations/{made.operation}/undo" in page
    assert client_of("stranger").get(f"/orders/{order.pk}/changes").status_code == 404
