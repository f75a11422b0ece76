"""Products are found by words, also mistyped, narrowed by what they are, and shown with their price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filo.collaborative.shop.models import Offer
from filo.collaborative.shop.services import keep_offers
from filo.collaborative.shop.tests.stall import HOUSE, JACKET, Stall
from filo.collaborative.shop.wish import Wish, wish_of
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.services.findable import keep_findable
from filo.operational.prices.services.discounts import save_discount

pytestmark = pytest.mark.django_db


def found(address: str) -> str:
    answer = Client().get(f"/p/shop{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_offers_hold_the_lowest_price_with_vat(stall: Stall) -> None:
    jacket = Offer.objects.get(product=stall.goods.products["Giacca di lino"])
    assert (jacket.low, jacket.high) == (Decimal("122.00"), Decimal("122.00"))
    assert Offer.objects.count() == 3


def test_a_typing_error_finds_it_all_the_same(stall: Stall) -> None:
    for typed in ("giacca", "gaicca", "giaca lino"):
        assert "Giacca di lino" in found(f"/find?q={typed}"), typed
    assert "Lampada da terra" not in found("/find?q=gaicca")


def test_the_shop_is_courteous(stall: Stall) -> None:
    page = found("")
    assert 'placeholder="Che cosa cerca?"' in page
    assert "Trovi quello che fa per lei" in page


def test_a_code_finds_its_product(stall: Stall) -> None:
    page = found(f"/find?q={JACKET.lower()}")
    assert "Giacca di lino" in page
    assert "Lampada" not in page


def test_what_is_not_there_says_how_to_go_on(stall: Stall) -> None:
    page = found("/find?q=trattore")
    assert "Nulla qui si chiama così" in page
    assert "/p/kb/ask?q=trattore" in page


def test_attributes_prices_and_stock_narrow_a_list(stall: Stall) -> None:
    assert "Giacca" in found("/find?a=taglia:m")
    assert "Lampada da terra" not in found("/find?a=taglia:m")
    assert "Giacca di lino" not in found("/find?from=200")
    assert "Lampada da terra" in found("/find?from=200")
    stall.put("LAMPADA", 0)
    assert "Lampada da terra" not in found("/find?stock=1")
    assert "Posa in opera" in found("/find?stock=1"), "work is not kept in stock"


def test_a_price_that_is_none_is_told(stall: Stall) -> None:
    page = found("/find?from=abc")
    assert "«abc» non è un prezzo" in page
    assert "Giacca di lino" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1000", 1000),
        ("1.000", 1000),
        ("1,000", 1000),
        ("€ 1.000", 1000),
        ("1.234.567", 1234567),
        ("1.234,50", "1234.50"),
        ("49.90", "49.90"),
        ("49,9", "49.9"),
        ("0,500", "0.5"),
        ("12.3450", "12.35"),
    ],
)
def test_a_price_is_read_as_it_is_written_here(typed: str, meant: int | str) -> None:
    wish = wish_of(QueryDict(f"from={typed}"))
    assert wish.low == Decimal(meant)
    assert wish_of(QueryDict(wish.query)) == wish


def test_a_price_stays_what_it_is_when_the_form_is_sent_again(stall: Stall) -> None:
    assert 'name="from" inputmode="decimal" maxlength="12" value="1000"' in found("/find?from=1000")
    assert 'name="to" inputmode="decimal" maxlength="12" value="49.90"' in found("/find?to=49,90")
    assert 'name="to" inputmode="decimal" maxlength="12" value=""' in found("/find?from=1000")


def test_pages_follow_each_other_without_a_gap(stall: Stall) -> None:
    for number in range(30):
        stall.goods.add(f"Calza {number:02}", f"CALZA-{number:02}")
    keep_offers()
    seen: list[str] = []
    address = "/find?q=calza&sort=name"
    for _page in range(5):
        answer = Client().get(f"/p/shop{address}")
        seen += [card.name for card in answer.context["cards"]]
        if not answer.context["page"].next:
            break
        address = f"/find?q=calza&sort=name&cursor={answer.context['page'].next}"
    assert seen == [f"Calza {number:02}" for number in range(30)]


def test_the_address_says_it_all() -> None:
    wish = Wish("maglia", "", "Maglieria", (("taglia", "m"), ("fibre", "naturali")), low=Decimal("10.50"), stocked=True)
    assert wish_of(QueryDict(wish.query)) == wish
    assert wish.toggled("attributes", ("taglia", "m")).attributes == (("fibre", "naturali"),)


def test_both_languages(stall: Stall) -> None:
    jacket = stall.goods.products["Giacca di lino"]
    jacket.texts.create(language="en", name="Linen jacket")
    keep_findable([jacket.pk])
    english = Client(headers={"Accept-Language": "en"})
    english.cookies["filo_language"] = "en"
    page = english.get("/p/shop/find?q=jacket").content.decode()
    assert "Linen jacket" in page
    assert "Best sellers first" in page


def test_a_product_is_chosen_by_its_values(stall: Stall) -> None:
    code = stall.goods.products["Giacca di lino"].code
    page = found(f"/p/{code}")
    assert "Choose first" not in page
    assert "Prima si sceglie" in page
    assert "122,00" in page
    stall.put("GIACCA-L-BLU", 0)
    chosen = Client().get(f"/p/shop/p/{code}?o=taglia:M").context["seen"]
    assert chosen.variant.sku == JACKET
    assert [(value.said, value.chosen, value.there) for value in chosen.options[0].values] == [
        ("M", True, True),
        ("L", False, False),
    ]


def test_the_last_ones_are_counted_in_whole_numbers(stall: Stall) -> None:
    stall.put("LAMPADA", 3)
    page = found(f"/p/{stall.goods.products['Lampada da terra'].code}")
    assert "Ne restano solo 3<" in page


def test_what_is_drafted_retired_or_in_the_bin_is_not_there(stall: Stall) -> None:
    lamp = stall.goods.products["Lampada da terra"]
    Product.objects.filter(pk=lamp.pk).update(status="retired")
    assert "Lampada" not in found("/find")
    answer = Client().get(f"/p/shop/p/{lamp.code}")
    assert answer.status_code == 404
    assert "Vedi che cosa comprano gli altri" in answer.content.decode()


def test_a_closed_shop_sells_nothing_and_says_so(stall: Stall) -> None:
    type(stall.shop).objects.update(open=False)
    for address in ("", "/find", "/cart", "/checkout"):
        answer = Client().get(f"/p/shop{address}")
        assert answer.status_code == 404
        assert "chiuso" in answer.content.decode()
    client = Client()
    assert client.post("/p/shop/cart/add", {"variant": stall.variant(JACKET)}).status_code == 404
    assert "filo-visitor" not in client.cookies


def test_a_discount_from_a_total_on_is_not_in_the_price_of_one(stall: Stall) -> None:
    """Three lines of a list cost 549.00 together, yet nobody has put them into a basket."""
    save_discount(HOUSE, None, {"name": "Oltre 400", "percent": Decimal(5), "min_total": Decimal(400)})
    keep_offers()
    cards = Client().get("/p/shop/find").context["cards"]
    assert sorted((card.price, card.was) for card in cards) == [
        (Decimal("122.00"), None),
        (Decimal("122.00"), None),
        (Decimal("305.00"), None),
    ]
    assert Offer.objects.order_by("-low")[0].low == Decimal("305.00")


def test_a_page_asks_as_much_of_many_products_as_of_few(stall: Stall) -> None:
    asked = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            found("/find?a=taglia:m&sort=price")
            found("/find")
        asked.append(len(queries))
        for one in range(20):
            stall.goods.add(f"Calza {number}.{one}", f"CALZA-{number}-{one}")
        keep_offers()
    assert asked[1] <= asked[0]
    assert asked[0] <= 50, "two pages, the choices beside the list among it"
