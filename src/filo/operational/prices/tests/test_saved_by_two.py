"""Who saves second is told so, and overwrites nobody: lists and their lines, discounts, coupons, caps, plans, rates."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.operational.prices.models import Coupon, DiscountCap, PartyClass, PlanFeature, PriceRule, RateSource
from filo.operational.prices.tests.shop import Shop, a_discount, a_list, a_rule
from filo.testing.clients import CheckedClient
from filo.testing.forms import beside, saved_twice, values_of

Clients = Callable[[str], CheckedClient]
SENTENCE = "Qualcun altro ha modificato questi dati mentre scrivevi."


def _address(shop: Shop, what: str) -> str:
    if what == "list":
        return f"/price-lists/{a_list('shops').pk}/edit"
    if what == "discount":
        return f"/discounts/{a_discount('winter', '10').pk}"
    if what == "coupon":
        made = Coupon.objects.create(code="DIECI", code_folded="dieci", percent=Decimal(10), created_at=clock.now())
        return f"/coupons/{made.pk}"
    if what == "cap":
        return f"/settings/prices/caps/{DiscountCap.objects.create(role='agent', percent=Decimal(10)).pk}"
    product = shop.goods["shirt"].product
    PlanFeature.objects.create(product=product, name="Telefono")
    return f"/products/{product.pk}/plans"


@pytest.mark.parametrize(
    ("what", "field", "first", "second"),
    [
        ("list", "name", "Negozi del nord", "Negozi del sud"),
        ("discount", "name", "Inverno lungo", "Inverno breve"),
        ("coupon", "name", "Per i nuovi", "Per i vecchi"),
        ("cap", "percent", "12", "15"),
        ("plans", "0-name", "Assistenza", "Centralino"),
    ],
)
def test_the_second_is_told_and_the_first_stays(
    shop: Shop, client_of: Clients, what: str, field: str, first: str, second: str
) -> None:
    found = saved_twice(client_of("admin" if what == "cap" else "boss"), _address(shop, what), field, first, second)
    assert (found.status, SENTENCE in found.page) == (422, True)
    assert f'value="{second}"' in found.page, "what was typed stays typed"
    assert found.kept.startswith(first)
    assert found.at_last.startswith(second), "saved again, knowingly"


def test_theirs_stands_beside_mine(shop: Shop, client_of: Clients) -> None:
    found = saved_twice(client_of("boss"), f"/price-lists/{a_list('shops').pk}/edit", "priority", "3", "4")
    assert beside("3", "4") in found.page


def test_another_mistake_does_not_pass_over_what_was_saved_meanwhile(shop: Shop, client_of: Clients) -> None:
    boss, address = client_of("boss"), f"/discounts/{a_discount('winter', '10').pk}"
    form = values_of(boss.get(address).content.decode(), containing="percent")
    boss.post(address, form | {"percent": "20"})
    wrong = boss.post(address, form | {"percent": "0"}).content.decode()
    late = boss.post(address, values_of(wrong, containing="percent") | {"percent": "5"})
    assert (late.status_code, SENTENCE in late.content.decode()) == (422, True)


def test_the_address_of_rates_is_not_overwritten(shop: Shop, client_of: Clients) -> None:
    one, two = "https://one.example/rates.xml", "https://two.example/rates.xml"
    found = saved_twice(client_of("admin"), "/settings/prices", "url", one, two, to="/settings/prices/source")
    assert (found.status, SENTENCE in found.page, found.kept, found.at_last) == (422, True, one, two)
    assert RateSource.objects.count() == 1


def test_cells_that_somebody_wrote_meanwhile_are_shown_beside_what_was_typed(shop: Shop, client_of: Clients) -> None:
    found, boss = a_list("shops"), client_of("boss")
    for name in ("shirt", "scarf"):
        a_rule(found, "40", variant=shop.goods[name])
    shirt, scarf = (f"v:{shop.goods[name].pk}|1|" for name in ("shirt", "scarf"))
    page = f"/price-lists/{found.pk}"
    form = values_of(boss.get(page).content.decode(), containing=shirt)
    assert boss.post(f"{page}/cells", form | {shirt: "45"}).status_code == 302
    late = boss.post(f"{page}/cells", form | {scarf: "12"})
    text = late.content.decode()
    assert (late.status_code, SENTENCE in text) == (422, True)
    assert 'value="12"' in text
    assert '<span class="muted small num">45,00</span>' in text, "what stands there by now"
    assert sorted(PriceRule.objects.values_list("value", flat=True)) == [40, 45]
    mended = values_of(text, containing=scarf) | {shirt: "45"}
    assert boss.post(f"{page}/cells", mended).status_code == 302
    assert sorted(PriceRule.objects.values_list("value", flat=True)) == [12, 45]


def test_the_class_of_a_customer_is_not_overwritten(shop: Shop, client_of: Clients) -> None:
    boss, party = client_of("boss"), shop.world.parties["own"]
    form = values_of(boss.get(f"/parties/{party.pk}/prices").content.decode(), containing="word")
    boss.post(f"/parties/{party.pk}/price-class", form | {"word": "oro"})
    late = boss.post(f"/parties/{party.pk}/price-class", form | {"word": "argento"}, follow=True).content.decode()
    assert SENTENCE in late
    assert "argento" in late
    assert PartyClass.objects.get(party=party).word == "oro"
