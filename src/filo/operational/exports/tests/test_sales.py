"""Orders and invoices are taken out as files, by whoever sees them."""

from __future__ import annotations

import pytest

from filo.operational.exports.tests.test_export_rows import english
from filo.operational.invoices.tests.office import office_of
from filo.operational.orders.tests.counter import JACKET, counter_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_orders_and_invoices_leave_with_their_sums(world: World) -> None:
    counter = counter_of(world)
    order = counter.confirmed(counter.line(JACKET, "2"))
    invoice = office_of(world).issue("100.00")
    found = english(world, "admin", "orders")
    assert [(row["Number"], row["Total"]) for row in found] == [(order.name, "244,00")]
    rows = english(world, "admin", "invoices")
    assert [(row["Number"], row["VAT number"], row["Total"]) for row in rows] == [
        (invoice.number, invoice.counterpart, "122,00")
    ]
    assert english(world, "admin", "orders", words="nobody") == []
