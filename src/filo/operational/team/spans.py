"""A day or a week as it is lived in a zone, the ones beside it, and the same stretch of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Span:
    """From the first moment of `first` to the last of `last`; with `cut`, to this time of the clock on `last`."""

    kind: str
    first: date
    last: date
    zone: ZoneInfo
    cut: time | None = None

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time.min, self.zone).astimezone(UTC)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        if self.cut is not None:
            return datetime.combine(self.last, self.cut, self.zone).astimezone(UTC)
        return datetime.combine(self.last + timedelta(days=1), time.min, self.zone).astimezone(UTC)

    def days(self) -> Iterator[date]:
        """Its days."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def moved(self, distance: timedelta) -> Span:
        """The same, so many days later or earlier."""
        return replace(self, first=self.first + distance, last=self.last + distance)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def so_far(self, now: datetime) -> Span:
        """As much of it as has gone by, so that what is compared with it is as long."""
        local = now.astimezone(self.zone)
        return replace(self, last=local.date(), cut=local.time()) if self.holds(local.date()) else self


def span_of(kind: str, day: date, zone: ZoneInfo) -> Span:
    """The day, or the week from Monday on, in which a day lies."""
    day = min(max(day, EARLIEST), LATEST)
    if kind != "week":
        return Span("day", day, day, zone)
    monday = day - timedelta(days=day.weekday())
    return Span("week", monday, monday + timedelta(days=6), zone)


def step_of(span: Span) -> timedelta:
    """How far the next one is away."""
    return WEEK if span.kind == "week" else timedelta(days=1)
