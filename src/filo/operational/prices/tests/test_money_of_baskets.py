"""Currencies, VAT in and out, discounts and coupons: what a basket comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from filo.operational.prices.exchange import NoRate
from filo.operational.prices.models import Coupon, ExchangeRate
from filo.operational.prices.queries.engine import price
from filo.operational.prices.services.coupons import use_coupon
from filo.operational.prices.tests.shop import NOBODY, WHEN, Shop, a_discount, a_list, a_rule, lost


def a_coupon(code: str, **facts: object) -> Coupon:
    told = {"created_at": WHEN, "code_folded": code.casefold(), **facts}
    return Coupon.objects.create(code=code, **told)


def test_a_list_in_dollars_is_told_in_euro_by_the_latest_rate(shop: Shop) -> None:
    a_rule(a_list("dollars", currency="USD"), "60", variant=shop.goods["shirt"])
    ExchangeRate.objects.create(currency="USD", day=date(2026, 11, 26), rate=Decimal("1.0700"))
    ExchangeRate.objects.create(currency="USD", day=date(2026, 11, 27), rate=Decimal("1.0834"))
    ExchangeRate.objects.create(currency="USD", day=date(2026, 11, 29), rate=Decimal("2"))
    found = shop.ask(("shirt", "1"))
    assert found.lines[0].unit_price == Decimal("55.38")  # 60 / 1.0834
    assert {"rate": "1.0834", "day": "2026-11-27"} in [one.did for one in found.lines[0].reasons]
    assert shop.ask(("shirt", "1"), currency="USD").lines[0].unit_price == 60
    assert shop.ask(("scarf", "1"), currency="USD").lines[0].unit_price == Decimal("14.07")  # 12.99 * 1.0834


def test_without_a_rate_it_is_refused_with_currency_and_day(shop: Shop) -> None:
    with override("en"), pytest.raises(NoRate) as refused:
        shop.ask(("shirt", "1"), currency="CHF")
    assert str(refused.value) == "There is no exchange rate for CHF on 28 November 2026 or before it."


def test_the_list_in_the_currency_asked_for_comes_before_one_that_is_cheaper(shop: Shop) -> None:
    ExchangeRate.objects.create(currency="USD", day=date(2026, 11, 27), rate=Decimal(1))
    a_rule(a_list("euro"), "40", variant=shop.goods["shirt"])
    a_rule(a_list("dollars", currency="USD"), "45", variant=shop.goods["shirt"])
    found = shop.ask(("shirt", "1"), currency="USD")
    assert (found.lines[0].unit_price, lost(found, "euro")) == (Decimal(45), "own-currency")


def test_prices_to_the_public_lose_no_cent_on_the_way_to_net_and_back(shop: Shop) -> None:
    a_rule(a_list("public", gross=True), "59.90", variant=shop.goods["shirt"])
    gross = shop.ask(("shirt", "3"))
    assert (gross.gross, gross.lines[0].unit_price, gross.totals.total) == (True, Decimal("59.90"), Decimal("179.70"))
    assert (gross.totals.net, gross.totals.vat) == (Decimal("147.30"), Decimal("32.40"))
    net = shop.ask(("shirt", "3"), gross=False)
    assert (net.lines[0].unit_price, net.totals.net, net.totals.total) == (
        Decimal("49.098361"),
        Decimal("147.30"),
        Decimal("179.71"),  # VAT on the net sum: 32.406, as an invoice has it
    )


def test_net_prices_are_told_to_the_public_with_vat(shop: Shop) -> None:
    found = shop.ask(("scarf", "1"), ("book", "1"), gross=True)
    assert [one.unit_price for one in found.lines] == [Decimal("15.85"), Decimal("10.40")]
    assert found.totals.total == Decimal("26.25")


def test_some_with_vat_and_some_without_are_answered_without(shop: Shop) -> None:
    a_rule(a_list("public", gross=True), "61", variant=shop.goods["shirt"])
    assert shop.ask(("shirt", "1")).gross is True
    mixed = shop.ask(("shirt", "1"), ("book", "1"))
    assert (mixed.gross, mixed.totals.net) == (False, Decimal(60))


def test_discounts_come_one_upon_the_other(shop: Shop) -> None:
    a_discount("ten", "10", priority=1)
    a_discount("five", "5", priority=2, category="Donna")
    a_discount("many", "50", min_quantity=Decimal(10))
    found = shop.ask(("shirt", "1"), ("book", "1"))
    assert [(one.discounts, one.amount) for one in found.lines] == [("10+5", Decimal("42.75")), ("10", 9)]
    assert lost(found, "many") == "from-quantity"


def test_one_that_wants_to_be_alone_comes_where_it_takes_off_more(shop: Shop) -> None:
    a_discount("ten", "10")
    a_discount("five", "5")
    a_discount("sale", "14", alone=True)
    found = shop.ask(("shirt", "1"))
    assert (found.lines[0].discounts, lost(found, "sale")) == ("5+10", "takes-less")
    a_discount("clearance", "14.5", alone=True)
    found = shop.ask(("shirt", "1"))
    assert (found.lines[0].discounts, lost(found, "ten")) == ("14.5", "alone")


def test_some_hold_from_a_total_on_and_some_lists_let_nothing_come_on_top(shop: Shop) -> None:
    a_discount("hundred", "10", min_total=Decimal(100))
    assert shop.ask(("shirt", "1")).lines[0].discounts == ""
    assert [one.discounts for one in shop.ask(("shirt", "1"), ("shirt", "1")).lines] == ["10", "10"]
    a_rule(a_list("fixed", cascade=False), "49", variant=shop.goods["shirt"])
    found = shop.ask(("shirt", "3"))
    assert (found.lines[0].discounts, lost(found, "hundred")) == ("", "list-stands-alone")


def test_a_coupon_is_shared_out_to_the_cent(shop: Shop) -> None:
    a_coupon("DIECI", amount=Decimal("10.00"))
    found = shop.ask(("book", "1"), ("book", "1"), ("book", "1"), coupons=("dieci",))
    assert sorted(one.off for one in found.lines) == [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")]
    assert (found.totals.net, found.totals.vat) == (Decimal(20), Decimal("0.80"))
    assert (found.coupons[0].off, found.coupons[0].refused) == (Decimal(10), "")


def test_a_percentage_comes_before_an_amount_however_they_are_named(shop: Shop) -> None:
    a_coupon("DIECI", amount=Decimal("10.00"))
    a_coupon("META", percent=Decimal(50))
    for codes in (("DIECI", "META"), ("META", "DIECI"), ("meta", " Dieci ")):
        assert shop.ask(("shirt", "2"), coupons=codes).totals.net == 40
    assert shop.ask(("book", "1"), coupons=("META", "DIECI")).totals.total == 0  # no more than there is


def test_a_coupon_says_why_it_takes_nothing_off(shop: Shop) -> None:
    own = shop.world.parties["own"].id
    used = a_coupon("USED", percent=Decimal(10), limit=1, once_each=False)
    use_coupon(used.id, None, "order", NOBODY)
    once = a_coupon("ONCE", percent=Decimal(10))
    use_coupon(once.id, own, "order", NOBODY)
    a_coupon("LATER", percent=Decimal(10), valid_from=date(2026, 12, 1))
    a_coupon("PAST", percent=Decimal(10), valid_to=date(2026, 11, 1))
    a_coupon("SHOPS", percent=Decimal(10), customer_class="rivenditori")
    a_coupon("BIG", percent=Decimal(10), min_total=Decimal(500))
    codes = ("USED", "ONCE", "LATER", "PAST", "SHOPS", "BIG", "NONE")
    with override("en"):
        found = shop.ask(("shirt", "1"), party_id=own, coupons=codes)
    assert {one.code: one.refused for one in found.coupons} == {
        "USED": "This coupon has been used as often as it may be.",
        "ONCE": "This customer has used this coupon already.",
        "LATER": "This coupon holds from 1 December 2026 on.",
        "PAST": "This coupon held until 1 November 2026.",
        "SHOPS": "This coupon is not for this customer or this purchase.",
        "BIG": "This coupon holds from a total of 500.00 EUR on.",
        "NONE": "There is no such coupon. Look whether it is written as it should be.",
    }
    assert found.totals.net == 50


def test_an_empty_basket_costs_nothing(shop: Shop) -> None:
    assert price(shop.situation(), []).totals.total == 0
