"""Lists of what was sold as other programs write them: shops, invoices, samples of analysts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.parties.models import Party
from filo.operational.past.models import PastLine, PastOrder
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services.starting import start_import
from filo.operational.transfer.services.turning import bring_again, turn, undo_import
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, prepared, reasons
from filo.testing.world import World

pytestmark = pytest.mark.django_db
INVOICES = """N. documento;Data doc.;Cod. cliente;Ragione sociale;P.IVA;Cod. articolo;Descrizione;U.M.;Qtà;\
Prezzo netto;Sconto %;IVA %;Importo;Tipo documento
12/2024;03/04/2024;C1;Ferramenta Bianchi S.r.l.;;CEM;Cemento;SC;1.200,5;4,50;10+5;22;4.618,92;Fattura
12/2024;03/04/2024;C1;Ferramenta Bianchi S.r.l.;;TRA;Trasporto;NR;1;50,00;;22;50,00;Fattura
3/NC;15/04/2024;C1;Ferramenta Bianchi S.r.l.;;CEM;Reso cemento;SC;10;4,50;;22;45,00;Nota di credito
"""
SHOPIFY = """Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Street,Billing City,Billing Zip,\
Billing Country,Shipping Name,Shipping City,Cancelled at
#1003,anna@example.it,paid,USD,130.00,7.90,0.00,137.90,0.00,2026-04-11 08:59:00 +0200,2,Maglia - M,40.00,MAG-M,\
Anna Bassi,Via Roma 1,Torino,10121,IT,Anna Bassi,Torino,
#1003,anna@example.it,,,,,,,,2026-04-11 08:59:00 +0200,1,Cappello,50.00,CAP,,,,,,,,
#1004,,paid,EUR,15.00,0.00,0.00,15.00,0.00,2026-04-12 09:00:00 +0200,1,Guanti,10.00,GUA,Luca Neri,,,,IT,,,
#1004,,,,,,,,,2026-04-12 09:00:00 +0200,1,Sciarpa,5.00,SCI,,,,,,,,
#1005,p@example.it,refunded,EUR,5.00,0.00,0.00,5.00,0.00,2026-04-13 09:00:00 +0200,1,Sciarpa,5.00,SCI,Piero,,,,IT,,,\
2026-04-14 10:00:00 +0200
"""
WOO = """Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),SKU,Item #,\
Item Name,Quantity (- Refund),Item Cost
1021,Completed,2024-03-05 10:22,Luisa,Verdi,luisa@example.it,TAZ,1,Tazza,2,9.84
1021,Completed,2024-03-05 10:22,Luisa,Verdi,luisa@example.it,MAG,2,Maglietta,1,29.50
1022,Refunded,2024-03-07 09:00,Piero,Neri,piero@example.it,TAZ,1,Tazza,-1,9.84
"""


def _sold(text: str, **choices: Any) -> ImportBatch:
    return brought(text, name="vendite.csv", **choices)


def _lines(number: str) -> list[tuple[str, str, str]]:
    found = PastLine.objects.filter(order__number=number).order_by("position")
    return [(f"{one.quantity.normalize():f}", str(one.discount), str(one.amount)) for one in found]


def test_lines_of_invoices_are_no_products_and_credit_notes_take_back(world: World) -> None:
    batch = _sold(INVOICES)
    assert (batch.kind, counts(batch)) == ("orders", (3, 0, 0, 0))
    assert _lines("12/2024") == [("1200.5", "14.50", "4618.92"), ("1", "0.00", "50.00")]
    back = PastOrder.objects.get(number="3/NC")
    assert (back.day, back.state, back.total) == (date(2024, 4, 15), "returned", Decimal("-45.00"))
    assert back.party.legal_name == "Ferramenta Bianchi S.r.l."


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("IdFattura;IdProdotto;DataFattura;IdCliente;Quantità;Totale", "655"),
        ("SalesOrderNumber;ProductKey;OrderDate;CustomerKey;OrderQuantity;SalesAmount", "655"),
        ("Nr. fattura;Codice;Data fattura;Cod. cliente;Q.tà;Importo riga", "655"),
        ("Numero doc.;Codice;Data documento;Cliente;Quant.;Imponibile", "655"),
        ("transaction_id;product_id;transaction_date;customer_id;quantity;total_amount", "655"),
    ],
)
def test_what_programs_call_number_day_customer_and_amount(world: World, head: str, number: str) -> None:
    batch = _sold(f"{head}\n{number};8;26/01/2023;913;5;69,40\n")
    assert (batch.kind, counts(batch)) == ("orders", (1, 0, 0, 0))
    order = PastOrder.objects.get()
    assert (order.number, order.day, order.total) == (number, date(2023, 1, 26), Decimal("69.40"))
    assert order.lines.get().code == "8"


def test_orders_of_a_shop_are_no_customers_and_further_lines_belong_to_the_order_above(world: World) -> None:
    batch = _sold(SHOPIFY)
    assert (batch.kind, counts(batch)) == ("orders", (5, 0, 0, 0))
    first = PastOrder.objects.get(number="#1003")
    assert (first.day, first.currency, first.total, first.country) == (
        date(2026, 4, 11),
        "USD",
        Decimal("137.90"),
        "IT",
    )
    second = PastOrder.objects.get(number="#1004")
    assert (second.currency, second.total, second.lines.count()) == ("EUR", Decimal("15.00"), 2)
    assert second.party.display_name == "Luca Neri"
    assert PastOrder.objects.get(number="#1005").state == "cancelled"
    assert PastOrder.objects.count() == 3


def test_lines_without_a_customer_come_again_with_their_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.operational.transfer.sold.parts.AT_ONCE", 3)
    batch = _sold(SHOPIFY)
    back = turn(IMPORTER, undo_import(IMPORTER, batch, in_background=False))
    assert PastOrder.objects.count() == 0
    turn(IMPORTER, bring_again(IMPORTER, back, in_background=False))
    totals = dict(PastOrder.objects.values_list("number", "total"))
    assert totals == {"#1003": Decimal("137.90"), "#1004": Decimal("15.00"), "#1005": Decimal("5.00")}


def test_a_customer_in_two_columns_has_one_name(world: World) -> None:
    batch = _sold(WOO)
    assert (batch.kind, counts(batch)) == ("orders", (3, 0, 0, 0))
    assert PastOrder.objects.get(number="1021").party.display_name == "Luisa Verdi"
    assert _lines("1021") == [("2", "0.00", "19.68"), ("1", "0.00", "29.50")]
    assert PastOrder.objects.get(number="1022").total == Decimal("-9.84")


def test_a_discount_of_0_15_is_fifteen_percent(world: World) -> None:
    text = "OrderID,CompanyName,OrderDate,ProductID,UnitPrice,Quantity,Discount\n"
    rows = "10248,Bianchi,1996-07-04 00:00:00.000,11,14,12,0\n10250,Verdi,1996-07-08 00:00:00.000,51,42.40,35,0.15\n"
    _sold(text + rows)
    assert _lines("10250") == [("35", "15.00", "1261.40")]
    assert PastOrder.objects.get(number="10248").party.display_name == "Bianchi"


def test_half_a_percent_stays_half_a_percent_where_others_are_percents(world: World) -> None:
    _sold(
        "Numero;Data;Cliente;Quantità;Prezzo;Sconto;IVA\n1;01/03/2020;Uno;1;100;0,5;0,22\n2;02/03/2020;Uno;1;100;10;0,22\n"
    )
    assert (_lines("1"), _lines("2")) == ([("1", "0.50", "99.50")], [("1", "10.00", "90.00")])
    assert {line.vat_rate for line in PastLine.objects.all()} == {Decimal("22.00")}


def test_a_discount_that_the_amount_belies_is_read_from_the_amount(world: World) -> None:
    _sold("Numero;Data;Cliente;Quantità;Prezzo;Sconto;Importo\n1;01/03/2020;Uno;2;50;5,00;95,00\n")
    assert _lines("1") == [("2", "5.00", "95.00")]
    _sold("Numero;Data;Cliente;Quantità;Prezzo;Sconto;Importo\n2;01/03/2020;Uno;4;50;8,00;192,00\n")
    assert _lines("2") == [("4", "4.00", "192.00")]


def test_a_code_that_a_program_made_a_number_is_the_same_customer(world: World) -> None:
    _sold("Invoice,InvoiceDate,Customer ID,Quantity,Price\n1,2009-12-01 07:45:00,13085.0,12,6.95\n")
    _sold("Invoice,InvoiceDate,Customer ID,Quantity,Price\n2,2009-12-02 07:45:00,13085,1,6.95\n")
    assert PastOrder.objects.values("party").distinct().count() == 1
    assert Party.objects.filter(legal_name__contains="13085.0").count() == 0


def test_items_of_orders_without_a_quantity_are_one_each(world: World) -> None:
    head = "order_id,customer_id,order_status,order_purchase_timestamp,order_item_id,product_id,price,freight_value\n"
    batch = _sold(
        head
        + "e4,9e,delivered,2017-10-02 10:56:33,1,87,29.99,8.72\n1b,a4,canceled,2018-02-19 13:57:01,1,65,19.9,8.72\n"
    )
    assert (batch.kind, counts(batch)) == ("orders", (2, 0, 0, 0))
    assert _lines("e4") == [("1", "0.00", "29.99")]
    assert PastOrder.objects.get(number="1b").state == "cancelled"


def test_what_is_missing_in_a_list_of_sales_is_said_of_sales(world: World) -> None:
    text = "Invoice ID,Product line,Unit price,Quantity,Total,Date\n750,Health,74.69,7,548.97,1/5/2019\n"
    with pytest.raises(InvalidFields) as refused:
        start_import(IMPORTER, prepared(text, name="sales.csv"), in_background=False)
    assert "Sembra un elenco di vendite" in str(refused.value.fields["mapping"])


def test_days_that_could_be_read_in_two_ways_are_told(world: World) -> None:
    batch = _sold(
        "Invoice,InvoiceDate,CustomerID,Quantity,Price\n1,12/1/2010 8:26,17850,6,2.55\n2,12/1/2010 8:30,17850,1,1\n"
    )
    assert reasons(batch) == [
        (
            2,
            "InvoiceDate",
            "«12/1/2010 8:26» si può leggere in due modi, e niente nel file dice quale: è letto come 12 gennaio 2010. "
            "Se il mese viene prima, scegli «mese/giorno/anno» per questa colonna.",
        )
    ]
    _sold("Invoice,InvoiceDate,CustomerID,Quantity,Price\n3,12/1/2010 8:26,17850,6,2.55\n4,12/13/2010 8:30,17850,1,1\n")
    assert PastOrder.objects.get(number="3").day == date(2010, 12, 1)


def test_who_bought_is_asked_with_a_way_to_mend_it(world: World) -> None:
    batch = _sold("Invoice,InvoiceDate,CustomerID,Quantity,Price\n1,2010-12-01,,6,2.55\n2,2010-12-01,7,1,1\n")
    assert reasons(batch) == [
        (2, "CustomerID", "La riga non dice chi ha comprato: aggiungi codice, nome o e-mail del cliente.")
    ]


def test_an_amount_below_zero_is_taken_off(world: World) -> None:
    _sold(
        "Numero;Data;Cliente;Descrizione;Quantità;Importo\n1;01/03/2020;Uno;Sedia;1;100\n1;01/03/2020;Uno;Sconto;1;-10\n"
    )
    assert (PastOrder.objects.get().total, _lines("1")[1]) == (Decimal(90), ("-1", "0.00", "-10.00"))


def test_a_total_of_the_order_beside_each_line_is_no_amount_of_the_line(world: World) -> None:
    head = "Numero;Data;Cliente;Quantità;Prezzo;Totale\n"
    _sold(head + "1;01/03/2020;Uno;2;10;35\n1;01/03/2020;Uno;1;15;35\n2;02/03/2020;Due;1;7;7\n")
    assert dict(PastOrder.objects.values_list("number", "total")) == {"1": Decimal(35), "2": Decimal(7)}
