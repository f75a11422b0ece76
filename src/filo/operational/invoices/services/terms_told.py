"""What an invoice of others says beside its lines, as far as the columns of an invoice hold it: the first order, tender
and delivery note, a withholding and a pension fund where there is one of each, and where it is to be paid.

All of it is read from the file again where it is shown (`queries.beside`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from filo.foundation.money import ZERO, cents
from filo.operational.invoices.fatturapa.codes import FUNDS, WITHHOLDING_CAUSES, WITHHOLDINGS
from filo.operational.invoices.fatturapa.document import Body, Withholding
from filo.operational.invoices.vat.natures import NATURES
from filo.operational.invoices.vat.reckoning import ADVANCED, HUNDRED, STAMP

# The part of a fee on which agents and the like bear withholding (DPR 600/73, article 25-bis).
_PARTS: Final = (HUNDRED, Decimal(50), Decimal(20))
_CENT: Final = Decimal("0.01")


def terms_told(body: Body) -> dict[str, Any]:
    """Values for the columns, by their names."""
    return {**_papers(body), **_payment(body), **_fund(body), **_held(body)}


def stamp_told(body: Body) -> Decimal:
    """The stamp duty; where no sum is told, as it need not be (1.2.1 of the format), that of the law."""
    return body.stamp if body.stamp is not None else STAMP if body.stamped else ZERO


def _papers(body: Body) -> dict[str, Any]:
    order = next((one for one in body.references if one.kind == "order" and one.number), None)
    note = next((one for one in body.references if one.kind == "ddt" and one.number), None)
    return {
        "order_number": order.number[:20] if order else "",
        "order_date": order.day if order else None,
        "delivery_number": note.number[:20] if note else "",
        "delivery_day": note.day if note else None,
        "cig": next((one.cig[:15] for one in body.references if one.cig), ""),
        "cup": next((one.cup[:15] for one in body.references if one.cup), ""),
    }


def _payment(body: Body) -> dict[str, Any]:
    if not body.payments:
        return {}
    account = next((one for one in body.payments if one.iban), None)
    return {
        "method": body.payments[0].method[:4],
        "iban": account.iban[:34] if account else "",
        "bank": account.bank[:80] if account else "",
    }


def _held(body: Body) -> dict[str, Any]:
    if len(body.withholdings) != 1:
        return {}
    (held,) = body.withholdings
    if held.kind not in WITHHOLDINGS or held.cause not in WITHHOLDING_CAUSES:
        return {}
    told = {"held_kind": held.kind, "held_rate": held.rate, "held_cause": held.cause, "held_base": _part(body, held)}
    return told | {"fund_withheld": len(body.funds) == 1 and body.funds[0].withheld}


def _part(body: Body, held: Withholding) -> Decimal:
    """On which part of the fee it is, found by the sum that is held."""
    base = sum((line.total for line in body.lines if line.nature != ADVANCED), ZERO)
    base += sum((fund.amount for fund in body.funds if fund.withheld), ZERO)
    fitting = (
        part for part in _PARTS if abs(cents(base * part * held.rate / HUNDRED / HUNDRED) - held.amount) <= _CENT
    )
    return next(fitting, HUNDRED)


def _fund(body: Body) -> dict[str, Any]:
    told: dict[str, Any] = {"fund": cents(sum((one.amount for one in body.funds), ZERO))}
    if len(body.funds) != 1:
        return told
    (fund,) = body.funds
    if fund.kind not in FUNDS or bool(fund.vat_rate) == (fund.nature in NATURES):
        return told
    return told | {
        "fund_kind": fund.kind,
        "fund_rate": fund.rate,
        "fund_vat_rate": fund.vat_rate,
        "fund_nature": fund.nature,
    }
