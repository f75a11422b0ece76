"""Time by the clock of an office: how much of it lies between two moments, and when so much has gone by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

# An office that never opens is found out after so many days.
LONGEST = 3_700
NOTHING = timedelta(0)


class NeverOpen(Exception):
    """The calendar has no hour of work within ten years."""


@dataclass(frozen=True)
class Span:
    """From when until when a day is worked; local time."""

    start: time
    end: time


@dataclass(frozen=True)
class Hours:
    """Hours of a week, Monday first, and when there are none of them."""

    week: Sequence[tuple[Span, ...]]
    zone: ZoneInfo
    country: str = ""
    region: str = ""
    closed: frozenset[date] = frozenset()

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The spans of work of a local day, as moments of the world's clock; a clock set forward shortens them."""
        if day in self.closed or is_holiday(self.country, self.region, day):
            return
        for span in self.week[day.weekday()]:
            start = datetime.combine(day, span.start, self.zone).astimezone(UTC)
            end = datetime.combine(day, span.end, self.zone).astimezone(UTC)
            if end > start:
                yield start, end


@lru_cache(maxsize=64)
def _holidays(country: str, region: str, year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays(country, subdiv=region or None, years=[year]))


def is_holiday(country: str, region: str, day: date) -> bool:
    """Whether the country, or the region with its patron, rests; an unknown country never does."""
    if not country:
        return False
    try:
        return day in _holidays(country, region, day.year)
    except NotImplementedError:
        return False


def spans_from(hours: Hours, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The spans of work that end after a moment, in their order. Raises `NeverOpen`."""
    day = moment.astimezone(hours.zone).date() - timedelta(days=1)
    idle = 0
    while idle < LONGEST:
        found = [(start, end) for start, end in hours.spans(day) if end > moment]
        yield from found
        idle = 0 if found else idle + 1
        day += timedelta(days=1)
    raise NeverOpen


def worked_between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """The hours of work from one moment to another; none where the second is not later."""
    total = NOTHING
    if end <= start:
        return total
    try:
        for opens, closes in spans_from(hours, start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
    except NeverOpen:
        return NOTHING
    return total


def after_work(hours: Hours, start: datetime, span: timedelta) -> datetime:
    """The moment at which so many hours of work have gone by since a moment. Raises `NeverOpen`."""
    left = span
    for opens, closes in spans_from(hours, start):
        here = max(opens, start)
        if closes - here >= left:
            return here + left
        left -= closes - here
    raise NeverOpen
