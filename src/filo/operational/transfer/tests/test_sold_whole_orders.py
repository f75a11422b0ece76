"""Shipping, discounts and taxes of whole orders, as shops export them beside the lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.operational.past.models import PastLine, PastOrder
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services import turning
from filo.operational.transfer.services.turning import bring_again, turn, undo_import
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, reasons
from filo.testing.world import World

pytestmark = pytest.mark.django_db
SHOPIFY = (
    "Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Billing Name\n"
)
ON_TOP = """#1,a@example.it,paid,USD,36.00,5.00,3.00,44.00,DIECI,4.00,2026-04-11 08:59,2,Maglia,15.00,MAG,0.00,Anna
#1,a@example.it,,,,,,,,,2026-04-11 08:59,1,Cappello,10.00,CAP,0.00,
"""
INCLUDED = """#2,b@example.it,paid,EUR,36.00,5.00,7.39,41.00,DIECI,4.00,2026-04-11 08:59,4,Maglia,10.00,MAG,0.00,Luca
"""
OF_A_LINE = """#3,b@example.it,paid,EUR,36.00,5.00,7.39,41.00,,4.00,2026-04-11 08:59,4,Maglia,10.00,MAG,4.00,Luca
"""
WRONG = """#4,b@example.it,paid,EUR,36.00,5.00,0.00,99.00,,4.00,2026-04-11 08:59,4,Maglia,10.00,MAG,0.00,Luca
"""
WOO = """Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),\
Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,\
Item Name,Quantity (- Refund),Item Cost,Coupon Code
1021,Completed,2024-03-05 10:22,Luisa,Verdi,luisa@example.it,4.92,49.18,6.00,61.32,11.06,TAZ,1,Tazza,2,9.84,DIECI
1021,Completed,2024-03-05 10:22,Luisa,Verdi,luisa@example.it,4.92,49.18,6.00,61.32,11.06,MAG,2,Maglietta,1,29.50,DIECI
1022,Completed,2024-03-06 10:22,Luisa,Verdi,luisa@example.it,4.92,49.19,6.00,61.32,11.06,TAZ,1,Tazza,3,5.90,DIECI
1022,Completed,2024-03-06 10:22,Luisa,Verdi,luisa@example.it,4.92,49.19,6.00,61.32,11.06,MAG,2,Maglietta,1,26.55,DIECI
"""
OF_ROWS = """order_number,date,status,shipping_total,fee_total,tax_total,discount_total,order_total,billing_email,\
item_sku,item_name,item_quantity,price
7,2024-03-05,completed,5.00,2.50,0.00,0.00,27.50,luisa@example.it,TAZ,Tazza,2,10.00
"""


def _sold(text: str) -> ImportBatch:
    batch = brought(text, name="negozio.csv")
    assert (batch.kind, batch.rejected) == ("orders", 0)
    return batch


def _lines(number: str) -> list[tuple[str, str, str]]:
    found = PastLine.objects.filter(order__number=number).order_by("position")
    return [(one.description, str(one.discount), str(one.amount)) for one in found]


def _total(number: str) -> Decimal:
    return PastOrder.objects.get(number=number).total


def test_an_order_with_taxes_on_top_comes_to_what_the_shop_says(world: World) -> None:
    batch = _sold(SHOPIFY + ON_TOP)
    assert (_total("#1"), reasons(batch)) == (Decimal("44.00"), [])
    assert _lines("#1") == [
        ("Maglia", "10.00", "27.00"),
        ("Cappello", "10.00", "9.00"),
        ("Spedizione", "0.00", "5.00"),
        ("Imposte", "0.00", "3.00"),
    ]


def test_taxes_that_prices_include_are_not_added(world: World) -> None:
    batch = _sold(SHOPIFY + INCLUDED)
    assert (_total("#2"), reasons(batch)) == (Decimal("41.00"), [])
    assert _lines("#2") == [("Maglia", "10.00", "36.00"), ("Spedizione", "0.00", "5.00")]


def test_a_discount_that_a_line_says_is_not_taken_off_twice(world: World) -> None:
    _sold(SHOPIFY + OF_A_LINE)
    assert _lines("#3") == [("Maglia", "10.00", "36.00"), ("Spedizione", "0.00", "5.00")]


def test_a_total_that_disagrees_with_its_parts_is_told(world: World) -> None:
    batch = _sold(SHOPIFY + WRONG + INCLUDED)
    assert (counts(batch), batch.warned) == ((2, 0, 0, 0), 1)
    assert _lines("#4") == [("Maglia", "10.00", "36.00"), ("Spedizione", "0.00", "5.00")]
    sentence = (
        "Il file dice che questo ordine ammonta a 99,00 €, ma righe, spedizione e sconti fanno 41,00 €: è "
        "entrato come dicono questi."
    )
    assert [(row, column, text.replace("\xa0", " ")) for row, column, text in reasons(batch)] == [
        (2, "Total", sentence)
    ]


def test_free_shipping_by_a_code_takes_off_the_shipping(world: World) -> None:
    row = "#5,b@example.it,paid,EUR,10.00,5.00,0.00,0.00,TUTTO,15.00,2026-04-11,1,Maglia,10.00,MAG,0.00,Luca\n"
    _sold(SHOPIFY + row)
    assert _lines("#5") == [("Maglia", "100.00", "0.00"), ("Spedizione", "100.00", "0.00")]


def test_an_order_of_woocommerce_is_whole_whether_its_prices_have_the_discount_or_not(world: World) -> None:
    batch = _sold(WOO)
    assert (_total("1021"), _total("1022"), reasons(batch)) == (Decimal("61.32"), Decimal("61.32"), [])
    assert _lines("1021") == [
        ("Tazza", "10.01", "17.71"),
        ("Maglietta", "10.00", "26.55"),
        ("Spedizione", "0.00", "6.00"),
        ("Imposte", "0.00", "11.06"),
    ]
    assert _lines("1022")[:2] == [("Tazza", "0.00", "17.70"), ("Maglietta", "0.00", "26.56")]  # a cent was rounded off


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ("0.00,-10.00,0.00,0.00,90.00", "90.00"),
        ("0.00,-10.00,0.00,0.00,", "90.00"),
        ("-5.00,0.00,0.00,0.00,95.00", "95.00"),
        ("0.00,0.00,-22.00,0.00,100.00", "100.00"),
        ("5.00,-10.00,0.00,20.00,75.00", "75.00"),
    ],
)
def test_what_a_shop_lets_go_as_a_sum_below_zero_is_taken_off(world: World, said: str, total: str) -> None:
    row = f"9,2024-03-05,completed,{said},luisa@example.it,TAZ,Tazza,2,50.00\n"
    batch = _sold(OF_ROWS.partition("\n")[0] + "\n" + row)
    assert (_total("9"), reasons(batch)) == (Decimal(total), [])


def test_what_was_given_away_is_paid_for_its_shipping(world: World) -> None:
    row = "#6,b@example.it,paid,EUR,0.00,10.00,0.00,10.00,,0.00,2026-04-11,1,Maglia,10.00,MAG,10.00,Luca\n"
    _sold(SHOPIFY + row)
    assert _total("#6") == Decimal("10.00")


def test_many_pieces_do_not_hide_a_sum_that_is_lacking(world: World) -> None:
    row = "9,2024-03-05,completed,0,0,0,0,1004.90,luisa@example.it,TAZ,Tazza,1000,1.00\n"
    batch = _sold(OF_ROWS.partition("\n")[0] + "\n" + row)
    assert (_total("9"), batch.warned) == (Decimal("1000.00"), 1)


def test_fees_of_an_order_come_in(world: World) -> None:
    _sold(OF_ROWS)
    assert _lines("7") == [("Tazza", "0.00", "20.00"), ("Spedizione", "0.00", "5.00"), ("Commissioni", "0.00", "2.50")]


def test_shipping_beside_an_amount_that_may_hold_it_is_left(world: World) -> None:
    batch = _sold("Order Number,Date,Customer,Quantity,Price,Order Shipping,Total\n8,2024-03-05,Uno,2,10,5,25\n")
    assert (_total("8"), reasons(batch)) == (Decimal("25.00"), [])


def test_an_order_is_whole_again_after_it_was_taken_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.operational.transfer.sold.parts.AT_ONCE", 1)
    monkeypatch.setattr(turning, "CHUNK", 2)
    batch = _sold(SHOPIFY + INCLUDED + ON_TOP)
    back = turn(IMPORTER, undo_import(IMPORTER, batch, in_background=False))
    assert PastOrder.objects.count() == 0
    turn(IMPORTER, bring_again(IMPORTER, back, in_background=False))
    assert (_total("#1"), _total("#2"), len(_lines("#1"))) == (Decimal("44.00"), Decimal("41.00"), 4)
