"""How one customer pays: what he owes, what he paid, and how late, on the whole and month by month.

The average delay is weighted by amount: the sum of (what was paid × the days after its day) by the sum of what was
paid. Days before the day count below zero, so that who pays early is told from who pays to the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party
from filo.operational.payments.models import NOTHING, Due, Payment, PaymentShare


@dataclass(frozen=True)
class Month:
    """The average delay of what was paid in a month in one currency; height: for drawing, 0 to 100."""

    first: date
    currency: str
    delay: int
    amount: Decimal
    height: int


@dataclass(frozen=True)
class Totals:
    """One currency: what is open, what of it is late, what he has as credit, what he paid in all."""

    currency: str
    open: Decimal
    overdue: Decimal
    credit: Decimal
    paid: Decimal


@dataclass(frozen=True)
class History:
    """What the tab of a customer shows."""

    totals: list[Totals]
    average_delay: int | None
    months: list[Month]
    dues: list[Due]
    payments: list[Payment]
    shares: dict[object, list[PaymentShare]]


def history_of(principal: Principal, party: Party, *, most: int = 100) -> History:
    """What this principal sees of it; figures over all that he sees, rows at most `most`."""
    seen = Due.objects.visible_to(principal).filter(party=party).select_related("company")
    dues = list(seen.order_by("-due_on", "-id"))
    rows = Payment.objects.visible_to(principal).filter(party=party).order_by("-paid_on", "-id")
    payments = list(rows)
    found = PaymentShare.objects.filter(payment__in=rows.values("pk")).select_related("due", "payment")
    shares: dict[object, list[PaymentShare]] = {}
    for share in found.order_by("due__due_on"):
        shares.setdefault(share.payment_id, []).append(share)
    every = [share for several in shares.values() for share in several]
    opened = [due for due in dues if due.settled_on is None]
    return History(
        totals=_totals(opened, payments),
        average_delay=average_delay(every),
        months=_months(every),
        dues=sorted(opened, key=lambda due: due.due_on)[:most],
        payments=payments[:most],
        shares=shares,
    )


def average_delay(shares: list[PaymentShare]) -> int | None:
    """Days, weighted by amount; None where nothing was paid."""
    whole = sum((share.amount for share in shares), NOTHING)
    if not whole:
        return None
    return round(sum((share.amount * share.delay for share in shares), NOTHING) / whole)


def _totals(opened: list[Due], payments: list[Payment]) -> list[Totals]:
    found = []
    for currency in sorted({due.currency for due in opened} | {one.currency for one in payments}):
        owed = [due for due in opened if due.currency == currency]
        came = [one for one in payments if one.currency == currency and one.is_in and one.direction == "in"]
        found.append(
            Totals(
                currency,
                sum((due.left for due in owed), NOTHING),
                sum((due.left for due in owed if due.days_late), NOTHING),
                sum((one.left for one in came), NOTHING),
                sum((one.amount - one.refunded for one in came), NOTHING),
            )
        )
    return found


def _months(shares: list[PaymentShare]) -> list[Month]:
    """The last twelve in which something was paid, each of its currencies by itself."""
    by_month: dict[tuple[date, str], list[PaymentShare]] = {}
    for share in shares:
        by_month.setdefault((share.payment.paid_on.replace(day=1), share.due.currency), []).append(share)
    last = sorted({first for first, _currency in by_month})[-12:]
    rows = [(key, average_delay(of) or 0, of) for key, of in sorted(by_month.items()) if key[0] in last]
    highest = max((abs(delay) for _key, delay, _of in rows), default=0) or 1
    return [
        Month(*key, delay, sum((share.amount for share in of), NOTHING), max(2, int(100 * max(0, delay) / highest)))
        for key, delay, of in rows
    ]


def seen_shares(principal: Principal, payment: Payment) -> list[PaymentShare]:
    """What a payment pays, as far as this principal sees it."""
    seen = Due.objects.visible_to(principal).filter(shares__payment=payment).values("pk")
    return list(payment.shares.filter(due__in=seen).select_related("due", "payment").order_by("due__due_on"))
