"""On which days the house works, for what is to come on working days alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from filo.foundation.hours.services import default_calendar, hours_of


def working_days() -> Callable[[date], bool]:
    """Whether the calendar of the house has any hours of work on a day."""
    hours = hours_of(default_calendar())
    return lambda day: any(True for _span in hours.spans(day))
