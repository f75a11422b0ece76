"""A change of an order's facts is taken back with one press, as far as nobody has changed them since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.operational.orders.models import Order
from filo.operational.orders.services import change_order
from filo.operational.orders.tests.counter import JACKET, Counter, counter_of
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
