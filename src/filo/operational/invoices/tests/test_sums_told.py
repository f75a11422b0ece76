"""What is owed of an invoice of others, and when: by what it says, in every way in which it may say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from filo.operational.invoices.fatturapa.document import Body, Payment, Reduction, Summary, Withholding
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import from_supplier
from filo.operational.invoices.tests.test_written_xml import BODY, LINE
from filo.testing.clients import CheckedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
D = Decimal
FEE = Withholding(kind="RT01", amount=D("20.00"), rate=D(20), cause="A")
TEXT = write(from_supplier(BODY)).decode()


def taken(office: Office, content: str) -> Invoice:
    (found,) = take_in(office.principal(), [("a.xml", content.encode())])
    assert found.file.kind == "invoice", found.file.said
    return office.again(found.invoices[0])


def xml(body: Body) -> str:
    return write(from_supplier(body)).decode()


def cut(text: str, name: str, instead: str = "") -> str:
    start, end = text.index(f"<{name}>"), text.index(f"</{name}>") + len(name) + 3
    return text[:start] + instead + text[end:]


DAYS = "<GiorniTerminiPagamento>{}</GiorniTerminiPagamento>"
SINCE = "<DataRiferimentoTerminiPagamento>2026-11-30</DataRiferimentoTerminiPagamento>"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (SINCE + DAYS.format(60), date(2027, 1, 29)),
        (DAYS.format(30), date(2026, 12, 28)),
        (DAYS.format("soon"), date(2026, 11, 28)),
        (DAYS.format(99999), date(2026, 11, 28)),
        (SINCE, date(2026, 11, 28)),
        ("", date(2026, 11, 28)),
    ],
)
def test_a_day_may_be_told_by_days(office: Office, told: str, day: date) -> None:
    found = taken(office, cut(TEXT, "DataScadenzaPagamento", told))
    assert ([due.day for due in found.dues.all()], found.due_on) == ([day], day)


def test_the_last_day_of_all_is_a_day(office: Office) -> None:
    text = cut(TEXT, "DataScadenzaPagamento", DAYS.format(60)).replace("<Data>2026-11-28", "<Data>9999-12-31")
    assert taken(office, text).due_on == date(9999, 12, 31)


def test_a_single_payment_without_a_sum_is_of_the_whole(office: Office) -> None:
    found = taken(office, cut(TEXT, "ImportoPagamento"))
    assert [due.amount for due in found.dues.all()] == [D("122.00")]
    paid = TEXT.replace("<ImportoPagamento>122.00", "<ImportoPagamento>0.00").replace("<Numero>12/A", "<Numero>13/A")
    assert [due.amount for due in taken(office, paid).dues.all()] == [D(0)]


def test_a_total_from_which_the_withholding_is_gone_is_what_is_owed(office: Office) -> None:
    found = taken(office, xml(replace(BODY, withholdings=(FEE,), total=D("102.00"))))
    assert (found.total, found.held, found.payable) == (D(102), D(20), D(102))
    usual = taken(office, xml(replace(BODY, number="2", withholdings=(FEE,))))
    assert (usual.total, usual.held, usual.payable) == (D(122), D(20), D(102))


@pytest.mark.parametrize(
    ("reductions", "total"),
    [
        ((Reduction(percent=D(10)),), "109.80"),
        ((Reduction(amount=D(2)),), "120.00"),
        ((Reduction(amount=D(3), more=True),), "125.00"),
        ((Reduction(percent=D(10)), Reduction(amount=D("0.80"))), "109.00"),
        ((Reduction(percent=D(10)),), "122.00"),
    ],
)
def test_a_discount_on_the_whole_is_no_odd_sum(reductions: tuple[Reduction, ...], total: str) -> None:
    found = read(xml(replace(BODY, reductions=reductions, total=D(total))).encode())
    assert found.warnings == ()
    assert len(read(xml(replace(BODY, reductions=reductions, total=D("90.00"))).encode()).warnings) == 1


def test_sums_by_rate_that_are_missing_are_those_of_the_lines(office: Office) -> None:
    lines = (LINE, replace(LINE, number=2, rate=D(0), nature="N4", total=D("50.00")))
    text = xml(replace(BODY, lines=lines, total=None))
    found = taken(office, cut(text, "DatiRiepilogo"))
    assert (found.net, found.vat, found.total) == (D("150.00"), D("22.00"), D("172.00"))
    assert [(row.rate, row.nature, row.net) for row in found.taxes.all()] == [(D(22), "", D(100)), (D(0), "N4", D(50))]
    assert found.file is not None
    assert found.file.told["warnings"] == [
        "Invoice 12/A: it does not tell its sums by rate (DatiRiepilogo is missing); they are those of its lines."
    ]


def test_a_number_that_is_too_long_is_cut_and_told(office: Office) -> None:
    found = taken(office, TEXT.replace("<Numero>12/A", "<Numero>FATTURA/2026/000000012"))
    assert found.number == "FATTURA/2026/0000000"
    assert found.file is not None
    assert found.file.told["warnings"] == [
        "The number FATTURA/2026/000000012 is longer than an invoice may have, and was cut."
    ]


def test_what_says_nothing_is_passed_over(office: Office) -> None:
    text = TEXT.replace("</DatiGenerali>", "<DatiDDT/></DatiGenerali>").replace(
        "</FatturaElettronicaBody>", "<Allegati/></FatturaElettronicaBody>"
    )
    (body,) = read(text.encode()).document.bodies
    assert (body.references, body.attachments) == ((), ())


def test_only_what_is_split_is_taken_off(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    lines = (LINE, replace(LINE, number=2, total=D("50.00"), rate=D(10)))
    summaries = (
        Summary(rate=D(22), net=D("100.00"), vat=D("22.00"), due="I"),
        Summary(rate=D(10), net=D("50.00"), vat=D("5.00"), due="S"),
    )
    payments = (Payment(method="MP05", amount=D("172.00")),)
    found = taken(office, xml(replace(BODY, lines=lines, summaries=summaries, total=D("177.00"), payments=payments)))
    assert found.payable == D("172.00")
    for path in ("", "/pdf"):
        answer = client_of("inside").get(f"/invoices/{found.pk}{path}")
        assert answer.status_code == 200
    assert "−5,00" in client_of("inside").get(f"/invoices/{found.pk}").content.decode()
