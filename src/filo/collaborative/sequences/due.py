"""When a step is due: so many days on which the house works after the one before, and only while it is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from filo.foundation.hours.reckoning import LONGEST, Hours, NeverOpen, spans_from


def opening(hours: Hours, moment: datetime) -> datetime:
    """The moment itself while the house is open, else when it opens next. Raises `NeverOpen`."""
    return max(next(spans_from(hours, moment))[0], moment)


def after_days(hours: Hours, start: datetime, days: int) -> datetime:
    """So many days of work later at the same time of the day; 0 is as soon as the house is open. Raises `NeverOpen`."""
    begun = opening(hours, start).astimezone(hours.zone)
    day, left, idle = begun.date(), days, 0
    while left:
        day += timedelta(days=1)
        worked = any(True for _span in hours.spans(day))
        left, idle = left - worked, 0 if worked else idle + 1
        if idle > LONGEST:
            raise NeverOpen
    return opening(hours, datetime.combine(day, begun.time(), hours.zone))
