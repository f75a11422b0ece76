"""When an invoice is to be paid: `30`, `60 FM` (from the end of the month), in several parts, on a day of the month."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import InvalidFields
from filo.foundation.money import share_out

_STEP = re.compile(r"(?P<days>\d{1,3})(?:\s*(?P<end>FM|EOM))?(?:\s*\+\s*(?P<day>\d{1,2}))?", re.IGNORECASE)
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Term:
    """So many days after the date; from the end of that month; then on a day of the month that follows."""

    days: int
    month_end: bool = False
    day: int = 0

    def after(self, start: date) -> date:
        """Whole months (30, 60, 90 days) are months of the calendar where the month's end is meant, as firms reckon."""
        if not self.month_end:
            return start + timedelta(days=self.days)
        found = _months_on(start, self.days // 30) if self.days % 30 == 0 else start + timedelta(days=self.days)
        end = found.replace(day=calendar.monthrange(found.year, found.month)[1])
        return end if not self.day else _months_on(end.replace(day=1), 1).replace(day=min(self.day, 28))


def read_terms(text: str) -> tuple[Term, ...]:
    """`30/60/90 FM` and `60 FM + 10` as terms; nothing means at once. Raises `InvalidFields`."""
    told = text.strip()
    if not told or told == "0":
        return (Term(0),)
    parts = [one.strip() for one in re.split(r"[/;,]", told)]
    found = [_STEP.fullmatch(one) for one in parts]
    if len(parts) > MOST_PARTS or not all(found):
        raise InvalidFields({"terms": _("Write days as 30, 60 FM, or 30/60/90 FM (FM: from the end of the month).")})
    matches = [one for one in found if one is not None]
    # `30/60/90 FM` says the end of the month once, for all of them.
    every = bool(matches[-1]["end"]) and not any(one["end"] for one in matches[:-1])
    last = int(matches[-1]["day"] or 0)
    return tuple(
        Term(int(one["days"]), every or bool(one["end"]), last if every else int(one["day"] or 0)) for one in matches
    )


def due_on(terms: Sequence[Term], start: date, amount: Decimal, currency: str = "EUR") -> list[tuple[date, Decimal]]:
    """The days with what is to be paid on each; the parts make up the whole to the cent."""
    parts = share_out(amount, [Decimal(1)] * len(terms), currency) if amount else [amount] * len(terms)
    return [(term.after(start), part) for term, part in zip(terms, parts, strict=True)]


def _months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
