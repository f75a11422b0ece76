"""When something comes again: every so many days, weeks on some weekdays, or months; told by the clock on the wall.

The wall decides: at nine stays at nine, in winter and in summer. An hour that a spring night skips comes an hour
later; one that an autumn night has twice is meant the first time (PEP 495, fold=0).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

FREQUENCIES = ("day", "week", "month")
LAST_DAY = date(2100, 12, 31)
MOST = 5_000  # nobody's series is longer; it ends every loop


@dataclass(frozen=True)
class Rule:
    """A subset of RFC 5545: FREQ, INTERVAL, BYDAY (weekly; Monday is 0), UNTIL or COUNT.

    In months without the day of the month of the first one it does not come, as the RFC has it.
    """

    freq: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None

    def days(self, first: date) -> Iterator[date]:
        """The days it falls on, from the first on (which always counts), in their order."""
        most = MOST if self.count is None else min(self.count, MOST)
        for day in islice(self._candidates(first), most):
            if day > (self.until or LAST_DAY):
                return
            yield day

    def _candidates(self, first: date) -> Iterator[date]:
        if self.freq == "month":
            yield from self._months(first)
        elif self.freq == "week":
            yield from self._weeks(first)
        else:
            day = first
            while day <= LAST_DAY:
                yield day
                day += timedelta(days=self.every)

    def _weeks(self, first: date) -> Iterator[date]:
        yield first
        wanted = sorted({*self.weekdays} or {first.weekday()})
        monday = first - timedelta(days=first.weekday())
        while monday <= LAST_DAY:
            for weekday in wanted:
                day = monday + timedelta(days=weekday)
                if day > first:
                    yield day
            monday += timedelta(weeks=self.every)

    def _months(self, first: date) -> Iterator[date]:
        months = first.year * 12 + first.month - 1
        while months // 12 <= LAST_DAY.year:
            year, month = months // 12, months % 12 + 1
            if first.day <= monthrange(year, month)[1]:
                yield first.replace(year=year, month=month)
            months += self.every


def at_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the clock on the wall says so."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def occurrences(
    rule: Rule | None,
    *,
    first: datetime,
    length: timedelta,
    zone: ZoneInfo,
    skipped: Collection[date] = (),
    since: datetime,
    until: datetime,
) -> Iterator[tuple[date, datetime, datetime]]:
    """(day in its zone, start, end) of those that touch the stretch from `since` to `until`, without the skipped."""
    local = first.astimezone(zone)
    for day in [local.date()] if rule is None else rule.days(local.date()):
        start = at_wall(day, local.time(), zone)
        if start >= until:
            return
        if start + length > since and day not in skipped:
            yield day, start, start + length
