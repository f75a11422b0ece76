"""What an invoice comes to: by rate, stamp duty, withholding, pension fund, and what is left to be paid.

Rounding: VAT is reckoned on the sum of each rate and nature and rounded there once to the cent, half up (DPR 633/72,
article 21, paragraph 2, letter l, with Reg. (EC) 1103/97, article 5; checks 00421 and 00422 of the exchange). Each
contribution and each withholding is rounded to the cent on its own sum, by the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import InvalidFields
from filo.foundation.money import ZERO, cents
from filo.operational.invoices.vat.natures import NATURES, law_of
from filo.operational.prices.sums import Line, amount_of, totals_of

HUNDRED = Decimal(100)
# DPR 642/72, tariffa, article 13, as DL 43/2013, article 7-bis, paragraph 3 has it.
STAMP = Decimal("2.00")
# Above this sum without VAT (150,000 lire): DPR 642/72, tariffa, article 13, note 2.
STAMP_ABOVE = Decimal("77.47")
# What the customer pays back of the duty is an advance in his name, outside VAT (DPR 633/72, article 15, no. 3).
STAMP_NATURE = "N1"
# Advances in the customer's name are no fee: neither withholding nor a contribution is on them (the same, no. 3).
ADVANCED = "N1"
AT_ONCE, DEFERRED, SPLIT = "I", "D", "S"
LACKS_CAUSE = _("Say why it is withheld: the letter of the yearly certificate (CU).")


@dataclass(frozen=True, slots=True)
class Held:
    """Withholding: RT01, RT02 (DPR 600/73, article 25; 25-bis for agents), its rate, the part of the fee it is on
    (100, or 50 for agents), and why (the letter of the yearly certificate, CU).
    """

    kind: str
    rate: Decimal
    cause: str
    base_percent: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class PensionFund:
    """TC01 to TC22: the rate on what the lines come to, and how it is taxed itself."""

    kind: str
    rate: Decimal
    vat_rate: Decimal
    nature: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How an invoice is taxed. due: I, D or S; euro_rate: what one euro buys of its currency; stamp: None for what law
    says, or said by hand.
    """

    due: str = AT_ONCE
    gross: bool = False
    currency: str = "EUR"
    euro_rate: Decimal = Decimal(1)
    held: Held | None = None
    fund: PensionFund | None = None
    stamp: bool | None = None
    stamp_charged: bool = False


@dataclass(frozen=True, slots=True)
class TaxRow:
    """What falls under a rate, as it stands in the summary of the invoice."""

    rate: Decimal
    nature: str
    net: Decimal
    vat: Decimal
    due: str
    law: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """net and vat of all rows; total: of the document; stamp: duty owed to the State, in euro; payable: by the
    customer.
    """

    rows: tuple[TaxRow, ...]
    net: Decimal
    vat: Decimal
    total: Decimal
    stamp: Decimal
    stamp_charged: Decimal
    fund: Decimal
    held: Decimal
    payable: Decimal


def reckon(lines: Sequence[Line], terms: Terms) -> Reckoned:
    """The sums of an invoice. Raises `InvalidFields` where law has no such invoice."""
    check(lines, terms)
    sums = {
        (row.rate, row.nature): row.net for row in totals_of(lines, gross=terms.gross, currency=terms.currency).rows
    }
    vats = {
        (row.rate, row.nature): row.vat for row in totals_of(lines, gross=terms.gross, currency=terms.currency).rows
    }
    goods = sum((net for (_rate, nature), net in sums.items() if nature != ADVANCED), ZERO)
    fund = cents(goods * terms.fund.rate / HUNDRED, terms.currency) if terms.fund else ZERO
    if terms.fund:
        _add(sums, vats, (terms.fund.vat_rate, terms.fund.nature), fund, terms)
    stamp = stamp_on(sums, terms.euro_rate) if terms.stamp is None else STAMP if terms.stamp else ZERO
    charged = in_currency(stamp, terms) if terms.stamp_charged else ZERO
    if charged:
        _add(sums, vats, (ZERO, STAMP_NATURE), charged, terms)
    rows = tuple(
        TaxRow(rate, nature, net, vats[rate, nature], "" if nature else terms.due, law(nature, terms.due))
        for (rate, nature), net in sorted(sums.items(), key=lambda one: (-one[0][0], one[0][1]))
    )
    net, vat = sum(sums.values(), ZERO), sum(vats.values(), ZERO)
    held = withheld(goods, fund, terms)
    left = net + vat - held - (vat if terms.due == SPLIT else ZERO)
    return Reckoned(rows, net, vat, net + vat, stamp, charged, fund, held, left)


def _add(
    sums: dict[tuple[Decimal, str], Decimal],
    vats: dict[tuple[Decimal, str], Decimal],
    key: tuple[Decimal, str],
    amount: Decimal,
    terms: Terms,
) -> None:
    """A sum without VAT that comes to a rate, whose VAT is reckoned again on the whole."""
    before = sums.get(key, ZERO)
    sums[key] = before + amount
    more = cents(amount * key[0] / HUNDRED, terms.currency)
    whole = cents(sums[key] * key[0] / HUNDRED, terms.currency)
    # Where prices hold VAT, what was paid for the goods stays as it is, and only the new part is taxed.
    vats[key] = vats[key] + more if terms.gross and key in vats else whole


def law(nature: str, due: str) -> str:
    """What law has written beside a rate."""
    if nature:
        return law_of(nature)
    return {
        SPLIT: "Scissione dei pagamenti art. 17-ter DPR 633/72",
        DEFERRED: "IVA ad esigibilità differita art. 6 c. 5 DPR 633/72",
    }.get(due, "")


def in_currency(stamp: Decimal, terms: Terms) -> Decimal:
    """What the customer pays back of the duty, in his currency."""
    return cents(stamp * terms.euro_rate, terms.currency)


def stamp_on(sums: dict[tuple[Decimal, str], Decimal], euro_rate: Decimal = Decimal(1)) -> Decimal:
    """The stamp duty that is due: what bears no VAT at all comes to more than 77.47 euro.

    On a credit note as well (DPR 642/72, tariffa, article 13: notes of credit and debit); sums may be negative.
    euro_rate: what one euro buys of the currency of the sums, for limit and duty are in euro.
    """
    without = sum((net for (_rate, nature), net in sums.items() if nature in NATURES and NATURES[nature].stamped), ZERO)
    return STAMP if cents(without / euro_rate) > STAMP_ABOVE else ZERO


def withheld(goods: Decimal, fund: Decimal, terms: Terms) -> Decimal:
    """What the customer keeps back and pays to the tax office in our name."""
    if terms.held is None:
        return ZERO
    base = goods + (fund if terms.fund and terms.fund.withheld else ZERO)
    return cents(base * terms.held.base_percent / HUNDRED * terms.held.rate / HUNDRED, terms.currency)


def check(lines: Sequence[Line], terms: Terms) -> None:
    """Raises `InvalidFields` where law has no such invoice."""
    for place, line in enumerate(lines, 1):
        if line.vat_rate and line.nature:
            raise InvalidFields({"lines": _line(place, _("a rate and a reason for no VAT exclude each other."))})
        if not line.vat_rate and line.nature not in NATURES:
            raise InvalidFields({"lines": _line(place, _("say why there is no VAT (N1 to N7)."))})
        if line.quantity < 0:
            raise InvalidFields({"lines": _line(place, _("a quantity cannot be negative; a price can."))})
    if terms.due == SPLIT and terms.held is not None:
        # DPR 633/72, article 17-ter, paragraph 1-sexies (DL 87/2018, article 12).
        raise InvalidFields(
            {"split": _("What bears withholding is not under split payment (art. 17-ter c. 1-sexies).")}
        )
    if terms.due == SPLIT and lines and not any(line.vat_rate for line in lines):
        raise InvalidFields({"split": _("Without VAT on any line there is nothing to split.")})
    if terms.held is not None and not terms.held.cause:
        raise InvalidFields({"held_cause": LACKS_CAUSE})
    if terms.fund is not None:
        _check_fund(terms.fund, terms.held)


def _check_fund(fund: PensionFund, held: Held | None) -> None:
    """As lines are (checks 00429 and 00430 of the exchange); 00415: what is withheld on it needs a withholding."""
    if not fund.vat_rate and fund.nature not in NATURES:
        raise InvalidFields({"fund_nature": _("Say why the pension fund bears no VAT (N1 to N7).")})
    if fund.vat_rate and fund.nature:
        raise InvalidFields({"fund_nature": _("A rate and a reason for no VAT exclude each other.")})
    if fund.withheld and held is None:
        raise InvalidFields({"fund_withheld": _("The fund bears withholding only where the invoice has one.")})


def _line(place: int, told: object) -> str:
    return str(_("Line %(number)s: %(told)s")) % {"number": place, "told": told}


def line_net(line: Line, terms: Terms) -> Decimal:
    """What a line comes to without VAT: to the cent, or to eight digits where its price holds VAT."""
    amount = amount_of(line, terms.currency)
    if not terms.gross or not line.vat_rate:
        return amount
    return (amount * HUNDRED / (HUNDRED + line.vat_rate)).quantize(Decimal("0.00000001"))
