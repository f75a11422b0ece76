"""What an invoice of others says beside its lines is kept, and stands on its page and at the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from filo.operational.invoices.fatturapa.document import Body, Fund, Line, Payment, Reduction, Reference, Withholding
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import draft_credit, take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import from_supplier
from filo.operational.invoices.tests.test_written_xml import BODY, DOCUMENT, LINE
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
ClientOf = Callable[[str], CheckedClient]
D = Decimal
FEE = Withholding(kind="RT01", amount=D("20.00"), rate=D(20), cause="A")
ENASARCO = Withholding(kind="RT04", amount=D("8.50"), rate=D("8.50"), cause="R")
INPS = Fund(kind="TC22", rate=D(4), amount=D("4.00"), base=D("100.00"), vat_rate=D(22), withheld=True)
CASSA = Fund(kind="TC01", rate=D(2), amount=D("2.00"), base=D("100.00"), vat_rate=D(0), nature="N2.2")
REFERENCES = (
    Reference(kind="order", number="OA-1", day=date(2026, 1, 10), cig="Z123456789", cup="J11B21000000001", lines=(1,)),
    Reference(kind="order", number="OA-2", day=date(2026, 1, 11)),
    Reference(kind="contract", number="CTR-9"),
    Reference(kind="invoice", number="12/A", day=date(2026, 1, 31)),
    Reference(kind="ddt", number="101", day=date(2026, 2, 3), lines=(1,)),
    Reference(kind="ddt", number="118", day=date(2026, 2, 20)),
)
IBAN = "IT60X0542811101000000123456"


def kept(office: Office, body: Body) -> Invoice:
    (found,) = take_in(office.principal(), [("a.xml", write(from_supplier(body)))])
    assert found.file.kind == "invoice", found.file.said
    return office.again(found.invoices[0])


def test_a_withholding_and_a_fund_are_kept(office: Office) -> None:
    found = kept(office, replace(BODY, withholdings=(FEE,), funds=(INPS,)))
    assert (found.held, found.held_kind, found.held_rate, found.held_cause) == (D(20), "RT01", D(20), "A")
    assert (found.fund, found.fund_kind, found.fund_rate, found.fund_vat_rate) == (D(4), "TC22", D(4), D(22))
    assert (found.fund_nature, found.fund_withheld) == ("", True)


def test_of_several_the_sum_is_kept(office: Office) -> None:
    found = kept(office, replace(BODY, withholdings=(FEE, ENASARCO), funds=(INPS, CASSA)))
    assert (found.held, found.held_kind) == (D("28.50"), "")
    assert (found.fund, found.fund_kind) == (D(6), "")


def test_orders_tenders_and_delivery_notes_are_kept(office: Office) -> None:
    found = kept(office, replace(BODY, references=REFERENCES))
    assert (found.order_number, found.order_date) == ("OA-1", date(2026, 1, 10))
    assert (found.cig, found.cup) == ("Z123456789", "J11B21000000001")
    assert (found.delivery_number, found.delivery_day) == ("101", date(2026, 2, 3))


def test_a_tender_may_stand_at_the_contract(office: Office) -> None:
    references = (Reference(kind="contract", number="CTR-9", cig="Z123456789"),)
    found = kept(office, replace(BODY, references=references))
    assert (found.order_number, found.cig) == ("", "Z123456789")


def test_stamp_duty_without_a_sum_is_that_of_the_law(office: Office) -> None:
    line = replace(LINE, rate=D(0), nature="N4")
    summary = replace(BODY.summaries[0], rate=D(0), nature="N4", vat=D(0), due="")
    body = replace(BODY, lines=(line,), summaries=(summary,), total=D("100.00"), payments=())
    assert kept(office, replace(body, stamped=True)).stamp == D("2.00")
    assert kept(office, replace(body, number="78", stamp=D("6.00"))).stamp == D("6.00")


def test_how_and_where_it_is_to_be_paid_is_kept(office: Office) -> None:
    payments = (
        Payment(method="MP12", amount=D("61.00"), due=date(2026, 12, 31), terms="TP01"),
        Payment(method="MP05", amount=D("61.00"), due=date(2027, 1, 31), iban=IBAN, bank="Banca Alta", terms="TP01"),
    )
    found = kept(office, replace(BODY, payments=payments))
    assert (found.method, found.iban, found.bank) == ("MP12", IBAN, "Banca Alta")
    assert [(due.method, due.iban) for due in found.dues.all()] == [("MP12", ""), ("MP05", IBAN)]


def test_all_of_it_stands_on_the_page(office: Office, client_of: ClientOf) -> None:
    line = replace(LINE, since=date(2026, 1, 1), until=date(2026, 3, 31), withheld=True)
    paid = Payment(method="MP23", amount=D("122.00"), due=date(2026, 12, 31), iban=IBAN, code="301000000000012345")
    body = replace(
        BODY,
        lines=(line,),
        references=REFERENCES,
        withholdings=(FEE, ENASARCO),
        funds=(INPS, CASSA),
        reductions=(Reduction(percent=D(10)), Reduction(amount=D("3.50"), more=True)),
        payments=(paid,),
    )
    page = client_of("inside").get(f"/invoices/{kept(office, body).pk}").content.decode()
    for told in ("OA-1", "OA-2", "CTR-9", "12/A", "Z123456789", "J11B21000000001", "101", "118"):
        assert told in page
    for told in ("RT01", "RT04", "20,00", "8,50", "TC22", "TC01", "4,00", "2,00", "3,50", "PagoPA", IBAN):
        assert told in page
    for told in ("301000000000012345", "01/01/2026", "31/03/2026"):
        assert told in page


def test_it_is_told_at_the_api(office: Office) -> None:
    body = replace(
        BODY, references=REFERENCES, withholdings=(FEE, ENASARCO), funds=(INPS,), reductions=(Reduction(percent=D(10)),)
    )
    found = api_of(office.world, "inside").read(f"/invoices/{kept(office, body).pk}").json()
    assert [(one["kind"], one["number"], one["day"]) for one in found["references"]] == [
        ("order", "OA-1", "2026-01-10"),
        ("order", "OA-2", "2026-01-11"),
        ("contract", "CTR-9", None),
        ("invoice", "12/A", "2026-01-31"),
        ("ddt", "101", "2026-02-03"),
        ("ddt", "118", "2026-02-20"),
    ]
    assert (found["references"][0]["cig"], found["references"][0]["lines"]) == ("Z123456789", [1])
    assert [(one["kind"], one["amount"], one["cause"]) for one in found["withholdings"]] == [
        ("RT01", "20.00", "A"),
        ("RT04", "8.50", "R"),
    ]
    assert found["funds"] == [
        {"kind": "TC22", "rate": "4", "amount": "4.00", "vat_rate": "22", "nature": "", "withheld": True}
    ]
    assert found["reductions"] == [{"percent": "10", "amount": None, "more": False}]
    assert (found["fund"]["amount"], found["delivery_number"]) == ("4.00", "101")


def test_what_we_issued_ourselves_says_so_as_well(office: Office, client_of: ClientOf) -> None:
    found = office.issue(order_number="PO 7", cig="Z123456789", held_kind="RT01", held_rate=D(20), held_cause="A")
    page = client_of("inside").get(f"/invoices/{found.pk}").content.decode()
    for told in ("PO 7", "Z123456789", "RT01"):
        assert told in page


def test_what_another_program_issued_can_be_credited_with_all_of_it(office: Office) -> None:
    references = (Reference(kind="order", number="1", cig="456DEF", cup="123ABC"),)
    body = replace(
        BODY,
        references=references,
        lines=(replace(LINE, withheld=True),),
        withholdings=(replace(FEE, amount=D("11.50"), rate=D(23), kind="RT02", cause="R"),),
        funds=(replace(INPS, withheld=False),),
        summaries=(replace(BODY.summaries[0], net=D("104.00"), vat=D("22.88")),),
        total=D("126.88"),
    )
    (taken,) = take_in(office.principal(), [("a.xml", write(replace(DOCUMENT, bodies=(body,))))])
    found = office.again(taken.invoices[0])
    assert (found.state, found.payable, found.held_base) == ("kept", D("115.38"), D(50))
    note = draft_credit(office.principal(), found)
    assert (note.total, note.held, note.payable, note.cig) == (D("126.88"), D("11.50"), D("115.38"), "")


def test_a_surcharge_is_no_discount(office: Office) -> None:
    lines: tuple[Line, ...] = (
        replace(LINE, quantity=D(2), unit_price=D(50), total=D(110), reductions=(Reduction(percent=D(10), more=True),)),
        replace(LINE, quantity=D(2), unit_price=D(50), total=D(110), reductions=(Reduction(amount=D(5), more=True),)),
        replace(
            LINE,
            quantity=D(5),
            unit_price=D(10),
            total=D("23.75"),
            reductions=(Reduction(amount=D(5)), Reduction(percent=D(5))),
        ),
        replace(LINE, reductions=(Reduction(percent=D(10)), Reduction(percent=D(5))), total=D("85.50")),
    )
    found = kept(office, replace(BODY, lines=lines))
    rows = [(row.discounts, row.off, row.amount) for row in found.lines.all()]
    assert rows == [
        ("", D(-10), D(110)),
        ("", D(-10), D(110)),
        ("", D("26.25"), D("23.75")),
        ("10+5", D(0), D("85.50")),
    ]
