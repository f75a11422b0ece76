"""Who is recognised buys on the terms of his class and of the shop's channel, and they are the order's too."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.collaborative.shop.queries.carts import priced_basket
from filo.collaborative.shop.services import checkout, name_coupon, put_in_cart
from filo.collaborative.shop.tests.stall import HOUSE, LAMP, Stall
from filo.foundation.organisation.models import Channel
from filo.operational.orders.models import Order, OrderLine
from filo.operational.parties.models import Relationship
from filo.operational.prices.models import CouponUse
from filo.operational.prices.services.discounts import save_coupon, set_class
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules

pytestmark = pytest.mark.django_db


def bought(stall: Stall, coupon: str = "") -> Order:
    """A lamp, by the customer `own`, who is recognised."""
    visitor = stall.known("own")
    put_in_cart(visitor, stall.variant(LAMP))
    if coupon:
        name_coupon(visitor, coupon)
        assert [one.refused for one in priced_basket(stall.shop, visitor, "it").coupons] == [""]
    return checkout(visitor, stall.facts(email="own@customer.example")).order


def sold_by_agents(stall: Stall) -> Channel:
    """The customer `own` is one of the agents; the shop is a channel of its own."""
    party = stall.mail_of("own", "own@customer.example")
    Relationship.objects.filter(party=party).update(channel=Channel.objects.get(code="agents"))
    web = Channel.objects.create(code="web", name="Web")
    type(stall.shop).objects.update(channel=web)
    stall.shop.refresh_from_db()
    return web


def test_a_reseller_pays_what_resellers_pay_and_nothing_is_priced_by_hand(stall: Stall) -> None:
    set_class(HOUSE, stall.mail_of("own", "own@customer.example"), "rivenditori")
    resellers = save_list(HOUSE, None, {"name": "Rivenditori", "customer_class": "rivenditori"})
    write_rules(HOUSE, resellers, [RuleRow(Decimal(50), means="percent")])
    order = bought(stall)
    assert order.total == Decimal("158.60"), "half of 305, and shipping"
    assert not OrderLine.objects.filter(order=order, by_hand=True, variant__isnull=False).exists()


def test_a_coupon_for_his_class_is_taken(stall: Stall) -> None:
    set_class(HOUSE, stall.mail_of("own", "own@customer.example"), "rivenditori")
    facts = {"code": "RIV", "name": "Rivenditori", "percent": Decimal(10), "customer_class": "rivenditori"}
    save_coupon(HOUSE, None, facts)
    assert bought(stall, "RIV").total == Decimal("280.60")
    assert CouponUse.objects.count() == 1


def test_what_a_customer_of_agents_buys_in_the_shop_counts_for_the_shop(stall: Stall) -> None:
    web = sold_by_agents(stall)
    assert bought(stall).channel == web


def test_a_coupon_of_the_shops_channel_is_taken_from_a_customer_of_agents(stall: Stall) -> None:
    web = sold_by_agents(stall)
    save_coupon(HOUSE, None, {"code": "WEB10", "name": "Web", "percent": Decimal(10), "channel": web})
    assert bought(stall, "WEB10").total == Decimal("280.60")
    assert CouponUse.objects.count() == 1
