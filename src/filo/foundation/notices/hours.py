"""Quiet hours and digests on a person's own clock, across midnight and the nights when clocks are changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(8, 0)
MONDAY = 0
LONGEST_QUIET = 15


@dataclass(frozen=True)
class Quiet:
    """No mail from `begins` to `ends` by the wall clock, on nights that begin on these weekdays (Monday is 0).

    When `ends` is not later than `begins` it is the next day's; the same time means the whole day round.
    """

    begins: time
    ends: time
    days: Collection[int]
    zone: ZoneInfo

    def end_after(self, moment: datetime) -> datetime:
        """When it is quiet no more: `moment` itself outside of the quiet hours. What is quiet for ever is cut."""
        found = moment
        for _night in range(LONGEST_QUIET):
            end = self._end_of_span_with(found)
            if end is None:
                return found
            found = end
        return found

    def _end_of_span_with(self, moment: datetime) -> datetime | None:
        today = moment.astimezone(self.zone).date()
        for day in (today - timedelta(days=1), today):
            if day.weekday() not in self.days:
                continue
            last = day if self.ends > self.begins else day + timedelta(days=1)
            begin, end = wall(day, self.begins, self.zone), wall(last, self.ends, self.zone)
            if begin <= moment < end:
                return end
        return None


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time on the wall of a zone, in UTC. What the spring night skips comes an hour later; of two, the first."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def next_morning(moment: datetime, zone: ZoneInfo) -> datetime:
    """Eight o'clock of the next day."""
    return wall(moment.astimezone(zone).date() + timedelta(days=1), MORNING, zone)


def next_monday(moment: datetime, zone: ZoneInfo) -> datetime:
    """Eight o'clock of the next Monday, a week from now on a Monday."""
    today = moment.astimezone(zone).date()
    return wall(today + timedelta(days=7 - today.weekday()), MORNING, zone)


def next_digest(rhythm: str, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """When a digest is due next: the coming eight o'clock, of any day or of a Monday; None for no digest."""
    if rhythm == "weekly":
        today = moment.astimezone(zone).date()
        this = wall(today, MORNING, zone)
        return this if today.weekday() == MONDAY and this > moment else next_monday(moment, zone)
    if rhythm == "daily":
        this = wall(moment.astimezone(zone).date(), MORNING, zone)
        return this if this > moment else next_morning(moment, zone)
    return None
