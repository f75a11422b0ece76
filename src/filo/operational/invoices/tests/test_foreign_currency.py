"""In another currency the customer is asked for that, and law hears of euro, by the rate of the day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.paper import _data
from filo.operational.invoices.services import LineFacts, draft_credit, issue_invoice
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.schema import complaints
from filo.operational.prices.models import ExchangeRate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rate(office: Office) -> None:
    ExchangeRate.objects.create(currency="USD", day=clock.today() - timedelta(days=1), rate=Decimal("1.25"))


def body_of(invoice: Invoice) -> Any:
    content = xml_of(invoice)
    assert complaints(content, "FPR12") == []
    received = read(content)
    assert received.warnings == ()
    return received.document.bodies[0]


def untaxed(price: str) -> list[LineFacts]:
    return [LineFacts(description="Camicia", unit_price=Decimal(price), vat_rate=Decimal(0), nature="N4")]


def test_the_file_is_in_euro_and_tells_sums_rate_and_day(office: Office) -> None:
    found = office.issue("1000.00", "33.33", currency="USD", terms="30/60 FM")
    assert (found.total, found.euro_rate, found.euro_rate_on) == (
        Decimal("1260.66"),
        Decimal("1.25"),
        clock.today() - timedelta(days=1),
    )
    body = body_of(found)
    assert (body.currency, body.total) == ("EUR", Decimal("1008.53"))
    assert [(one.net, one.vat) for one in body.summaries] == [(Decimal("826.66"), Decimal("181.87"))]
    assert sum(one.amount for one in body.payments) == body.total
    told = " ".join(body.causes)
    assert "1 EUR = 1,25 USD" in told
    assert f"{found.euro_rate_on:%d/%m/%Y}" in told
    assert "1.260,66" in told


def test_paper_tells_base_and_vat_in_euro(office: Office) -> None:
    found = office.issue("1000.00", currency="USD")
    told = _data(found)["cause"]
    assert "800" in told
    assert "176" in told
    assert _data(office.issue("10.00"))["cause"] == ""


@pytest.mark.parametrize(("price", "stamp"), [("96.83", "0.00"), ("96.86", "2.00")])
def test_stamp_duty_is_reckoned_in_euro(office: Office, price: str, stamp: str) -> None:
    found = office.issue(lines=untaxed(price), currency="USD", stamp_charged=True)
    assert found.stamp == Decimal(stamp)
    assert found.total == Decimal(price) + Decimal(stamp) * Decimal("1.25")
    assert (body_of(found).stamp or 0) == Decimal(stamp)


def test_a_credit_note_has_the_rate_of_its_invoice(office: Office) -> None:
    found = office.issue("1000.00", currency="USD")
    ExchangeRate.objects.create(currency="USD", day=clock.today(), rate=Decimal("1.5"))
    credit = issue_invoice(office.principal(), draft_credit(office.principal(), found))
    assert office.again(credit).euro_rate == Decimal("1.25")
    assert body_of(office.again(credit)).total == Decimal("976.00")


def test_without_a_rate_nothing_is_issued(office: Office) -> None:
    draft = office.draft("10.00", currency="USD")
    ExchangeRate.objects.all().delete()
    with pytest.raises(InvalidFields) as refused:
        issue_invoice(office.principal(), draft, on=date(2020, 1, 1))
    assert "USD" in str(refused.value.fields["currency"][0])
