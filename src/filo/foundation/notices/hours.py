"""Quiet hours and digests on a person's own clock, across midnight and the nights when clocks are changed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING, EVENING = time(8, 0), time(18, 0)
MONDAY = 0
LONGEST_QUIET = 15
LONGEST_REST = 60


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


def every(_day: date) -> bool:
    """Any day."""
    return True


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


def ends_of_pause(moment: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """Until when something can be put off, by its word; no evening when that has come."""
    evening = wall(moment.astimezone(zone).date(), EVENING, zone)
    ends = {"hour": moment + timedelta(hours=1)}
    if evening > moment:
        ends["evening"] = evening
    return ends | {"tomorrow": next_morning(moment, zone), "week": next_monday(moment, zone)}


def next_digest(
    rhythm: str, moment: datetime, zone: ZoneInfo, *, at: time = MORNING, works: Callable[[date], bool] = every
) -> datetime | None:
    """When a digest is due next, later than a moment: on the coming day of work, or Monday; None for no digest.

    A house that never works is told every day all the same.
    """
    if rhythm not in ("daily", "weekly"):
        return None
    today = moment.astimezone(zone).date()
    coming = [today + timedelta(days=number) for number in range(LONGEST_REST)]
    days = [day for day in coming if (day.weekday() == MONDAY if rhythm == "weekly" else works(day))]
    return next(found for found in (wall(day, at, zone) for day in days or coming) if found > moment)
