"""Which list wins, which rule of it, and what is said about the others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import Channel
from filo.operational.catalogue.models import Product, Variant
from filo.operational.prices.asking import Wanted
from filo.operational.prices.queries.engine import price
from filo.operational.prices.tests.shop import NOBODY, Shop, a_discount, a_list, a_rule, lost, winner

pytestmark = pytest.mark.usefixtures("english")


def test_without_a_list_it_is_the_base_price(shop: Shop) -> None:
    found = shop.ask(("shirt", "2"))
    assert (found.lines[0].unit_price, found.lines[0].amount, found.totals.total) == (
        Decimal(50),
        Decimal(100),
        Decimal(122),
    )
    assert winner(found) == ("base", "")


def test_the_more_special_list_wins_though_it_is_dearer(shop: Shop) -> None:
    party = shop.world.parties["own"]
    agents = Channel.objects.get(code="agents")
    for code, value, facts in (
        ("general", "40", {"priority": 9}),
        ("channel", "41", {"channel": agents}),
        ("class", "42", {"customer_class": "rivenditori"}),
        ("customer", "43", {"party": party}),
    ):
        a_rule(a_list(code, **facts), value, variant=shop.goods["shirt"])
    who = {"channel_id": agents.id, "customer_class": "rivenditori", "party_id": party.id}
    assert shop.ask(("shirt", "1"), **who).lines[0].unit_price == 43
    assert shop.ask(("shirt", "1"), **{**who, "party_id": NOBODY}).lines[0].unit_price == 42
    assert shop.ask(("shirt", "1"), channel_id=agents.id).lines[0].unit_price == 41
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 40
    assert {lost(shop.ask(("shirt", "1"), **who), code) for code in ("general", "channel", "class")} == {
        "more-special-list"
    }


def test_among_equals_the_higher_priority_then_the_cheaper(shop: Shop) -> None:
    a_rule(a_list("plain"), "30", variant=shop.goods["shirt"])
    a_rule(a_list("cheap"), "29", variant=shop.goods["shirt"])
    assert winner(shop.ask(("shirt", "1"))) == ("list", "cheap")
    assert lost(shop.ask(("shirt", "1")), "plain") == "cheaper"
    a_rule(a_list("first", priority=1), "45", variant=shop.goods["shirt"])
    assert winner(shop.ask(("shirt", "1"))) == ("list", "first")
    assert lost(shop.ask(("shirt", "1")), "cheap") == "priority"


def test_a_list_that_does_not_know_the_article_leaves_it_to_the_next(shop: Shop) -> None:
    a_rule(a_list("customer", party=shop.world.parties["own"]), "9", variant=shop.goods["scarf"])
    a_rule(a_list("general"), "40", variant=shop.goods["shirt"])
    assert winner(shop.ask(("shirt", "1"), party_id=shop.world.parties["own"].id)) == ("list", "general")


def test_within_a_list_the_most_special_rule_wins(shop: Shop) -> None:
    found, shirt = a_list("all"), shop.goods["shirt"]
    a_rule(found, "10", means="percent")
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 45
    a_rule(found, "12", means="percent", line=shop.world.lines["donna"])
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 44
    a_rule(found, "14", means="percent", category="donna")
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 43
    a_rule(found, "16", means="percent", category="Donna > Camicie")
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 42
    a_rule(found, "41", product=shirt.product)
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 41
    a_rule(found, "39.90", variant=shirt)
    assert shop.ask(("shirt", "1")).lines[0].unit_price == Decimal("39.90")
    assert shop.ask(("scarf", "1")).lines[0].unit_price == Decimal("11.17")  # 12.99 less 14 %


def test_the_highest_tier_that_is_reached(shop: Shop) -> None:
    found = a_list("tiers")
    for start, value in (("1", "50"), ("10", "45"), ("50", "40")):
        a_rule(found, value, start=start, variant=shop.goods["shirt"])
    prices = [shop.ask(("shirt", quantity)).lines[0].unit_price for quantity in ("9.999", "10", "49", "50", "500")]
    assert prices == [50, 45, 45, 40, 40]
    said = [(one.did.get("from"), one.lost) for one in shop.ask(("shirt", "10")).lines[0].reasons if one.kind == "list"]
    assert said == [("10", ""), ("50", "from-quantity"), (None, "higher-tier")]


def test_a_markup_is_on_the_cost(shop: Shop) -> None:
    a_rule(a_list("cost-plus"), "33.33", means="markup")
    assert shop.ask(("scarf", "1")).lines[0].unit_price == Decimal("6.67")  # 5 and a third, to the cent
    Variant.objects.filter(sku="SCARF").update(cost=None)
    assert winner(shop.ask(("scarf", "1"))) == ("base", "")
    assert lost(shop.ask(("scarf", "1")), "cost-plus") == "no-cost"


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"valid_from": date(2026, 12, 1)}, "not-yet"), ({"valid_to": date(2026, 11, 27)}, "over")],
    ids=["begins-later", "ended"],
)
def test_outside_its_days_a_list_says_so(shop: Shop, facts: dict[str, date], said: str) -> None:
    a_rule(a_list("winter", **facts), "1", variant=shop.goods["shirt"])
    found = shop.ask(("shirt", "1"))
    assert (winner(found), lost(found, "winter")) == (("base", ""), said)


def test_both_ends_of_its_days_belong_to_a_list(shop: Shop) -> None:
    a_rule(a_list("days", valid_from=date(2026, 11, 28), valid_to=date(2026, 11, 28)), "1", variant=shop.goods["shirt"])
    assert shop.ask(("shirt", "1")).lines[0].unit_price == 1
    assert shop.ask(("shirt", "1"), day=date(2026, 11, 29)).lines[0].unit_price == 50


def test_by_hand_wins_over_all_and_says_so(shop: Shop) -> None:
    a_rule(a_list("general"), "40", variant=shop.goods["shirt"])
    a_discount("winter", "10")
    situation = shop.situation()
    found = price(situation, [shop.wanted("shirt", "2", "33.30"), shop.wanted("shirt", "2", discounts="20+5")])
    assert [(one.unit_price, one.discounts, one.amount) for one in found.lines] == [
        (Decimal("33.30"), "", Decimal("66.60")),
        (40, "20+5", Decimal("60.80")),
    ]
    assert (winner(found), lost(found, "general"), lost(found, "winter")) == (("hand", ""), "hand", "hand")
    assert (lost(found, "general", 1), lost(found, "winter", 1)) == ("", "hand")


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN"])
def test_a_quantity_is_greater_than_zero(shop: Shop, quantity: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        shop.ask(("book", "1"), ("shirt", quantity))
    assert {key: list(map(str, said)) for key, said in refused.value.fields.items()} == {
        "lines.1": ["Say how many of SHIRT: a quantity greater than zero."]
    }


def test_what_cannot_be_sold_is_named(shop: Shop) -> None:
    Product.objects.filter(code="shirt").update(status="retired")
    Variant.objects.filter(sku="BOOK").update(active=False)
    with pytest.raises(InvalidFields) as refused:
        price(shop.situation(), [shop.wanted("shirt"), shop.wanted("book"), Wanted(NOBODY, Decimal(1))])
    assert [str(said[0]) for said in refused.value.fields.values()] == [
        "SHIRT is no longer sold.",
        "BOOK is no longer sold.",
        "This article does not exist.",
    ]


def test_a_list_out_of_use_is_refused_by_name(shop: Shop) -> None:
    found = a_list("old", active=False)
    with pytest.raises(InvalidFields) as refused:
        shop.ask(("shirt", "1"), list_id=found.id)
    assert str(refused.value.fields["list"][0]) == "The price list Old is not in use."


def test_what_has_no_price_at_all_is_refused_unless_one_is_said(shop: Shop) -> None:
    Variant.objects.filter(sku="BOOK").update(price=None)
    with pytest.raises(InvalidFields) as refused:
        shop.ask(("shirt", "1"), ("book", "1"))
    assert list(refused.value.fields) == ["lines.1"]
    assert price(shop.situation(), [shop.wanted("book", "1", "7")]).totals.net == 7


def test_fifty_lines_ask_no_more_than_two(shop: Shop) -> None:
    a_rule(a_list("general"), "40", variant=shop.goods["shirt"])
    a_discount("winter", "10")
    with CaptureQueriesContext(
        connection,
    ) as few:
        shop.ask(("shirt", "1"), ("book", "1"))
    with CaptureQueriesContext(connection) as many:
        shop.ask(*[(name, str(count)) for count in range(1, 18) for name in ("shirt", "scarf", "book")])
    assert len(few) == len(many) == 5
