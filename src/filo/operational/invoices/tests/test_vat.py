"""Italian VAT: what law asks of an invoice, against figures reckoned by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.errors import InvalidFields
from filo.operational.invoices.vat.natures import NATURES
from filo.operational.invoices.vat.reckoning import Held, PensionFund, Terms, line_net, reckon

pytestmark = pytest.mark.usefixtures("english")

D = Decimal
NONE, ONE, ORDINARY = D(0), D(1), D(22)


@dataclass(frozen=True)
class Sold:
    unit_price: Decimal
    vat_rate: Decimal = ORDINARY
    nature: str = ""
    quantity: Decimal = ONE
    discounts: str = ""
    off: Decimal = NONE


def exempt(price: str, nature: str = "N4") -> Sold:
    return Sold(D(price), D(0), nature)


def test_vat_is_rounded_once_a_rate_not_once_a_line() -> None:
    """DPR 633/72, art. 21, par. 2, l: three lines of 0.33 bear 0.22 together, where line by line it would be 0.21."""
    found = reckon([Sold(D("0.33"))] * 3, Terms())
    assert [(row.net, row.vat) for row in found.rows] == [(D("0.99"), D("0.22"))]
    assert found.payable == D("1.21")


def test_half_a_cent_goes_up() -> None:
    """Reg. (EC) 1103/97, art. 5: 22 % of 0.25 are 0.055."""
    assert reckon([Sold(D("0.25"))], Terms()).vat == D("0.06")


def test_rates_are_told_apart_the_highest_first() -> None:
    found = reckon([Sold(D(100), D(4)), Sold(D(100)), exempt("50"), Sold(D(100), D(10))], Terms())
    assert [(row.rate, row.vat) for row in found.rows] == [(D(22), D(22)), (D(10), D(10)), (D(4), D(4)), (D(0), D(0))]
    assert (found.net, found.vat, found.total) == (D(350), D(36), D(386))
    assert found.rows[-1].law == "Esente art. 10 DPR 633/72"
    assert found.rows[-1].due == ""


@pytest.mark.parametrize(("price", "stamp"), [("77.47", "0"), ("77.48", "2.00"), ("1000", "2.00")])
def test_stamp_duty_begins_above_the_old_150000_lire(price: str, stamp: str) -> None:
    assert reckon([exempt(price)], Terms()).stamp == D(stamp)


@pytest.mark.parametrize("nature", sorted(NATURES))
def test_stamp_duty_and_vat_exclude_each_other(nature: str) -> None:
    """DPR 642/72, tabella B, art. 6: due on what bears no VAT of anybody's."""
    due = {"N1", "N2.1", "N2.2", "N3.5", "N3.6", "N4"}
    assert bool(reckon([exempt("500", nature)], Terms()).stamp) == (nature in due)


def test_stamp_duty_looks_at_what_bears_no_vat_alone() -> None:
    assert reckon([Sold(D(1000)), exempt("77.47")], Terms()).stamp == 0
    assert reckon([Sold(D(1000)), exempt("40"), exempt("40", "N1")], Terms()).stamp == 2


def test_stamp_duty_that_is_charged_comes_on_top_outside_vat() -> None:
    found = reckon([exempt("100")], Terms(stamp_charged=True))
    assert (found.total, found.payable) == (D(102), D(102))
    assert [(row.nature, row.net) for row in found.rows] == [("N1", D(2)), ("N4", D(100))]
    assert reckon([exempt("100")], Terms()).payable == 100
    assert reckon([exempt("100")], Terms(stamp=False)).stamp == 0


def test_split_payment_leaves_the_vat_to_the_office() -> None:
    """DPR 633/72, art. 17-ter: it is on the invoice and in its total, and is not paid to us."""
    found = reckon([Sold(D(100)), exempt("10")], Terms(due="S"))
    assert (found.total, found.payable) == (D(132), D(110))
    assert [row.due for row in found.rows] == ["S", ""]
    assert found.rows[0].law == "Scissione dei pagamenti art. 17-ter DPR 633/72"


def test_reverse_charge_bears_no_vat_and_says_the_law() -> None:
    found = reckon([exempt("100", "N6.7")], Terms())
    assert (found.vat, found.payable) == (D(0), D(100))
    assert found.rows[0].law == "Inversione contabile art. 17 c. 6 lett. a-ter) DPR 633/72"


def test_withholding_is_kept_back_from_what_is_paid() -> None:
    """DPR 600/73, art. 25: 20 % of the fee; the total of the invoice stays."""
    found = reckon([Sold(D(1000))], Terms(held=Held("RT01", D(20), "A")))
    assert (found.total, found.held, found.payable) == (D(1220), D(200), D(1020))


def test_of_an_agent_half_the_commission_is_the_base() -> None:
    """DPR 600/73, art. 25-bis: 23 % of a half."""
    assert reckon([Sold(D(1000))], Terms(held=Held("RT01", D(23), "R", D(50)))).held == 115


def test_a_pension_fund_bears_vat_and_only_some_withholding() -> None:
    fund = PensionFund("TC01", D(4), D(22))
    found = reckon([Sold(D(1000))], Terms(fund=fund, held=Held("RT01", D(20), "A")))
    assert (found.fund, found.vat, found.total, found.held) == (D(40), D("228.80"), D("1268.80"), D(200))
    inps = PensionFund("TC22", D(4), D(22), withheld=True)
    assert reckon([Sold(D(1000))], Terms(fund=inps, held=Held("RT01", D(20), "A"))).held == 208


def test_expenses_in_the_customers_name_bear_neither_withholding_nor_a_contribution() -> None:
    """DPR 633/72, art. 15, no. 3: they are advanced, and no fee."""
    terms = Terms(fund=PensionFund("TC01", D(4), D(22)), held=Held("RT01", D(20), "A"))
    found = reckon([Sold(D(1000)), exempt("200", "N1")], terms)
    assert (found.held, found.fund, found.total) == (D(200), D(40), D("1468.80"))


def test_prices_with_vat_come_to_what_was_paid() -> None:
    """DPR 633/72, art. 27: the taxable part is what was paid, divided by 122, times 100."""
    found = reckon([Sold(D("49.90")), Sold(D("49.90"))], Terms(gross=True))
    assert (found.total, found.net, found.vat) == (D("99.80"), D("81.80"), D("18.00"))


def test_deferred_vat_says_so() -> None:
    assert reckon([Sold(D(100))], Terms(due="D")).rows[0].due == "D"


@pytest.mark.parametrize(
    ("lines", "terms", "field"),
    [
        ([Sold(D(1), D(0))], Terms(), "lines"),
        ([Sold(D(1), D(22), "N4")], Terms(), "lines"),
        ([Sold(D(1), D(0), "N9")], Terms(), "lines"),
        ([Sold(D(1), quantity=D(-1))], Terms(), "lines"),
        ([Sold(D(1))], Terms(due="S", held=Held("RT01", D(20), "A")), "split"),
        ([exempt("1")], Terms(due="S"), "split"),
        ([Sold(D(1))], Terms(held=Held("RT01", D(20), "")), "held_cause"),
        ([Sold(D(1))], Terms(fund=PensionFund("TC01", D(4), D(0))), "fund_nature"),
        ([Sold(D(1))], Terms(fund=PensionFund("TC01", D(4), D(22), "N4")), "fund_nature"),
        ([Sold(D(1))], Terms(fund=PensionFund("TC01", D(4), D(22), withheld=True)), "fund_withheld"),
    ],
)
def test_what_law_does_not_know_is_refused_with_its_field(lines: list[Sold], terms: Terms, field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        reckon(lines, terms)
    assert list(refused.value.fields) == [field]


priced = st.builds(
    Sold,
    st.decimals("-9999.99", "9999.99", places=4),
    st.sampled_from([D(4), D(5), D(10), D(22)]),
    quantity=st.decimals(0, 99, places=3),
    discounts=st.sampled_from(["", "10", "10+5", "33.33+5+2"]),
)


@given(st.lists(priced, min_size=1, max_size=20), st.booleans())
def test_the_exchange_would_find_nothing_wrong_with_the_sums(lines: list[Sold], gross: bool) -> None:
    """Checks 00421 (VAT of a rate within a cent) and 00422 (its sum within a euro of the lines)."""
    terms = Terms(gross=gross)
    found = reckon(lines, terms)
    for row in found.rows:
        assert abs(row.net * row.rate / 100 - row.vat) <= D("0.01")
        goods = sum(line_net(one, terms) for one in lines if one.vat_rate == row.rate)
        assert abs(goods - row.net) < 1
    assert found.total == sum((row.net + row.vat for row in found.rows), D(0)) == found.payable
