"""A forecast: its months, and its parts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from filo.operational.deals.queries.sums import Sum

BACK, AHEAD = 2, 6  # months before this one, and after it


@dataclass
class Month:
    """A month: what is open and to close in it, what was won and lost, what was won a year before."""

    first: date
    open: Sum = field(default_factory=Sum)
    won: Sum = field(default_factory=Sum)
    lost: Sum = field(default_factory=Sum)
    year_before: Sum = field(default_factory=Sum)

    @property
    def open_query(self) -> str:
        """The rows that are to close in it, as a list is asked for them."""
        return self._query("close", "open")

    @property
    def won_query(self) -> str:
        """The rows that were won in it."""
        return self._query("closed", "won")

    @property
    def lost_query(self) -> str:
        """The rows that were lost in it."""
        return self._query("closed", "lost")

    def _query(self, field: str, state: str) -> str:
        since, until = self.first - timedelta(days=1), month_after(self.first, 1)
        days = [
            {"field": field, "op": "after", "value": str(since)},
            {"field": field, "op": "before", "value": str(until)},
        ]
        return urlencode({"state": state, "filter": json.dumps({"and": days}, separators=(",", ":"))})

    @property
    def expected(self) -> Decimal:
        """What was won, and what is open by its chance."""
        return self.won.amount + self.open.weighted


@dataclass
class Part:
    """The same of a person, a unit or a stage; `key` leads to its rows."""

    name: str
    key: str
    open: Sum = field(default_factory=Sum)
    won: Sum = field(default_factory=Sum)


@dataclass(frozen=True)
class Forecast:
    """The months around this one, those who sell, what was to close before today, and what nobody gave a day to."""

    months: list[Month]
    late: Sum
    undated: Sum
    owners: list[Part]
    units: list[Part]
    stages: list[Part]

    @property
    def greatest(self) -> Decimal:
        """The highest sum that is drawn."""
        sums = [max(one.won.amount + one.open.amount, one.year_before.amount) for one in self.months]
        return max(sums, default=Decimal(0))


def months_around(today: date) -> list[date]:
    """The first days of the months that a forecast shows."""
    return [month_after(today, step) for step in range(-BACK, AHEAD + 1)]


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
