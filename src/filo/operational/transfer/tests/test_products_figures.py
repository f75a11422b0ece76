"""What lists of products write in figures: thousands and decimals, other currencies, barcodes, pieces below zero."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.operational.catalogue.models import Stock, StockPlace, Variant, VatClass
from filo.operational.prices.models import ExchangeRate
from filo.operational.transfer.products.amounts import signs_of
from filo.operational.transfer.products.barcodes import read_barcode
from filo.operational.transfer.tests.files import brought, counts, reasons
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop(world: World) -> None:
    VatClass.objects.create(code="22", name="IVA 22 %", rate=22)
    StockPlace.objects.create(code="centro", name="Centro")


def _prices(text: str) -> list[Decimal | None]:
    brought(text, name="listino.csv", kind="products")
    return list(Variant.objects.order_by("sku").values_list("price", flat=True))


def _said(text: str) -> list[tuple[int, str, str]]:
    return reasons(brought(text, name="listino.csv", kind="products"))


def test_the_whole_column_says_which_sign_parts_decimals() -> None:
    assert _prices("Codice;Nome;Prezzo\nA;A;1.500 €\nB;B;12,50 €\n") == [1500, Decimal("12.50")]


def test_a_column_with_decimal_points_has_its_thousands_after_commas() -> None:
    text = 'SKU,Name,Price,Stock\nA,A,"1,234.56",5\nB,B,"1,234",5\nC,C,12.5,"1,000"\n'
    assert _prices(text) == [Decimal("1234.56"), 1234, Decimal("12.5")]
    assert Stock.objects.get(variant__sku="C").on_hand == 1000


@pytest.mark.parametrize(
    ("head", "text", "price"), [("Codice;Nome;Prezzo", "1.500", 1500), ("SKU;Name;Price", "1,500", 1500)]
)
def test_where_nothing_tells_the_language_of_the_file_decides_and_a_warning_is_given(
    head: str, text: str, price: int
) -> None:
    said = _said(f"{head}\nA;A;{text}\nB;B;7\n")
    assert [(number, column) for number, column, _sentence in said] == [(2, head.rpartition(";")[2])]
    assert Variant.objects.get(sku="A").price == price


def test_numbers_that_a_spreadsheet_wrote_prove_nothing_about_those_that_were_typed() -> None:
    cells = {"price": [(2, "1234.56"), (3, "12,50 €"), (4, "1.500 €")]}
    sign = signs_of(cells, is_italian=True, of_a_sheet=True)["price"]
    assert (sign.decimals, sign.doubtful) == (",", None)


def test_other_columns_of_figures_tell_where_one_does_not() -> None:
    assert _prices("Codice;Nome;Prezzo;Costo\nA;A;1.500;12,50\n") == [1500]
    assert _said("Codice;Nome;Prezzo;Costo\nA;A;1.500;12,50\n") == []


def test_weights_with_three_digits_are_kilograms_with_their_grams() -> None:
    _prices("Codice;Nome;Prezzo;Peso\nA;A;1,00;1.250\n")
    assert Variant.objects.get().weight == Decimal("1.250")


@pytest.mark.parametrize("head", ["price;currency\nA;A;50;USD", "price\nA;A;$50", "price (USD)\nA;A;50"])
def test_amounts_of_another_currency_are_converted_or_kept_in_it(head: str) -> None:
    text = f"sku;name;{head}\n"
    assert counts(brought(text, name="p.csv", kind="products")) == (1, 0, 0, 0)
    assert Variant.objects.values_list("price", "currency").get() == (Decimal(50), "USD")
    ExchangeRate.objects.create(currency="USD", day=clock.today(), rate=Decimal("1.25"))
    batch = brought(text, name="p.csv", kind="products")
    assert (counts(batch), batch.warned) == ((0, 1, 0, 0), 1)
    assert Variant.objects.values_list("price", "currency").get() == (Decimal(40), "EUR")


def _fixture(*listings: tuple[str, str]) -> str:
    """A variant as fixtures of Saleor hold it, with its prices by currency."""
    things = [
        {"model": "product.product", "pk": 1, "fields": {"name": "Succo", "slug": "succo"}},
        {"model": "product.productvariant", "pk": 2, "fields": {"sku": "SUCCO", "name": "", "product": 1}},
    ]
    for number, (currency, amount) in enumerate(listings):
        fields = {"variant": 2, "currency": currency, "price_amount": amount}
        things.append({"model": "product.productvariantchannellisting", "pk": number, "fields": fields})
    return json.dumps(things)


def test_of_several_listings_the_one_in_euro_counts_and_no_other_is_taken_for_it() -> None:
    dollars = brought(_fixture(("USD", "50.000")), name="s.json", kind="products")
    assert (counts(dollars), Variant.objects.get().currency) == ((1, 0, 0, 0), "USD")
    assert any("USD" in sentence for _number, _column, sentence in reasons(dollars))
    both = brought(_fixture(("USD", "50.000"), ("EUR", "45.500")), name="s2.json", kind="products")
    assert (counts(both), Variant.objects.get().price) == ((0, 1, 0, 0), Decimal("45.5"))
    assert Variant.objects.get().currency == "EUR"


def test_a_price_in_euro_takes_the_place_of_one_in_another_currency() -> None:
    brought("sku;name;price\nA;A;50\n", name="p.csv", kind="products")
    Variant.objects.update(currency="USD")
    brought("sku;name;price\nA;A;60 €\n", name="q.csv", kind="products")
    assert Variant.objects.values_list("price", "currency").get() == (Decimal(60), "EUR")


def test_a_barcode_that_is_none_costs_the_code_and_not_the_row() -> None:
    text = "Codice;Nome;Prezzo;EAN\nA;A;1,20;8,00123E+12\nB;B;1,20;8001090310720\nC;C;1,20;12345678905\n"
    batch = brought(text, name="listino.csv")
    assert (counts(batch), batch.warned) == ((3, 0, 0, 0), 2)
    assert [(number, column) for number, column, _sentence in reasons(batch)] == [(2, "EAN"), (3, "EAN")]
    assert [one.barcode for one in Variant.objects.order_by("sku")] == ["", "", "012345678905"]


def test_a_zero_comes_back_to_codes_of_thirteen_digits_only() -> None:
    assert read_barcode("036000291452", is_ean=True) == "0036000291452"
    assert read_barcode("036000291452", is_ean=False) == "036000291452"


def test_less_than_nothing_in_stock_is_said_and_the_row_comes_in() -> None:
    text = "Codice;Nome;Prezzo;Giacenza\nA;A;1,20;-3\nB;B;1,20;tanti\n"
    assert [(number, column) for number, column, _sentence in _said(text)] == [(2, "Giacenza"), (3, "Giacenza")]
    assert Variant.objects.count() == 2
    assert not Stock.objects.exists()


def test_a_list_without_any_price_is_told() -> None:
    assert [number for number, _column, _sentence in _said("Codice;Nome;Giacenza\nA;A;3\nB;B;4\n")] == [2]
