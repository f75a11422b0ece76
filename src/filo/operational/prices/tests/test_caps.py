"""How much off the list a role may give by itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from filo.operational.prices.models import DiscountCap, PartyClass
from filo.operational.prices.queries.caps import beyond_cap, cap_of
from filo.operational.prices.queries.situations import list_prices_of, situation_of
from filo.operational.prices.tests.shop import DAY, Shop


@dataclass(frozen=True)
class Offered:
    variant_id: UUID | None
    unit_price: Decimal
    discounts: str = ""


def test_the_most_special_cap_holds(shop: Shop) -> None:
    agent, moda, donna = shop.world.principal("agent"), shop.world.companies["moda"], shop.world.lines["donna"]
    assert cap_of(agent, moda.id, donna.id) is None
    DiscountCap.objects.create(role="agent", percent=Decimal(10))
    DiscountCap.objects.create(role="agent", company=moda, percent=Decimal(12))
    DiscountCap.objects.create(role="agent", line=donna, percent=Decimal(5))
    assert (cap_of(agent, None), cap_of(agent, moda.id), cap_of(agent, moda.id, donna.id)) == (
        Decimal(10),
        Decimal(12),
        Decimal(5),
    )
    assert cap_of(shop.world.principal("boss"), moda.id, donna.id) is None


def test_a_lower_price_counts_as_a_discount(shop: Shop) -> None:
    agent, moda = shop.world.principal("agent"), shop.world.companies["moda"]
    DiscountCap.objects.create(role="agent", percent=Decimal(10))
    shirt, scarf = shop.goods["shirt"].pk, shop.goods["scarf"].pk
    listed = list_prices_of(shop.situation(), {shirt: Decimal(1), scarf: Decimal(1)})
    lines = [
        Offered(shirt, Decimal(50), "10"),
        Offered(shirt, Decimal(50), "10+5"),
        Offered(shirt, Decimal(44)),
        Offered(scarf, Decimal(20)),
        Offered(None, Decimal(1), "100"),
    ]
    found = beyond_cap(agent, lines, company_id=moda.id, list_prices=listed)
    assert [(one.place, one.percent, one.cap) for one in found] == [
        (1, Decimal("14.50"), Decimal(10)),
        (2, Decimal("12.00"), Decimal(10)),
    ]
    assert beyond_cap(shop.world.principal("boss"), lines, company_id=moda.id, list_prices=listed) == []


def test_what_is_known_of_a_customer(shop: Shop) -> None:
    party, moda = shop.world.parties["own"], shop.world.companies["moda"]
    PartyClass.objects.create(party=party, word="rivenditori")
    found = situation_of(party.id, moda.id, day=DAY)
    assert (found.customer_class, found.area_id, found.language) == ("rivenditori", shop.world.areas["nord"].id, "it")
    PartyClass.objects.create(party=party, company=moda, word="oro")
    assert situation_of(party.id, moda.id).customer_class == "oro"
    assert situation_of(None, moda.id).customer_class == ""
