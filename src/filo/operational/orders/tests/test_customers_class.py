"""An order asks for the prices of the customer's class, as a quote and the shop do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.access.principal import system
from filo.operational.orders.services import confirm_order
from filo.operational.orders.tests.counter import LAMP, Counter
from filo.operational.prices.models import CouponUse
from filo.operational.prices.services.discounts import save_coupon, set_class
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules

pytestmark = pytest.mark.django_db
HOUSE = system("counter")


def test_an_order_of_a_reseller_has_the_prices_of_resellers(counter: Counter) -> None:
    set_class(HOUSE, counter.world.parties["own"], "rivenditori")
    resellers = save_list(HOUSE, None, {"name": "Rivenditori", "customer_class": "rivenditori"})
    write_rules(HOUSE, resellers, [RuleRow(Decimal(50), means="percent")])
    order = counter.draft(counter.line(LAMP))
    assert (order.net, order.total) == (Decimal("125.00"), Decimal("152.50"))
    assert counter.draft(counter.line(LAMP), party="shared").net == Decimal("250.00"), "of no class"


def test_a_coupon_for_a_class_holds_in_an_order_of_that_class(counter: Counter) -> None:
    set_class(HOUSE, counter.world.parties["own"], "rivenditori")
    facts = {"code": "RIV", "name": "Rivenditori", "percent": Decimal(10), "customer_class": "rivenditori"}
    save_coupon(HOUSE, None, facts)
    order = confirm_order(counter.principal(), counter.draft(counter.line(LAMP), coupons=["RIV"]))
    assert order.net == Decimal("225.00")
    assert CouponUse.objects.count() == 1
