"""The two clocks of a request as they are drawn: how much of what was promised has gone by, and what that means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from filo.foundation import clock
from filo.foundation.hours.models import BusinessCalendar
from filo.foundation.hours.reckoning import Hours, worked_between
from filo.foundation.hours.services import default_calendar, hours_of
from filo.operational.service.models import ServiceGroup, Ticket

SOON = 80


def calendar_of(group: ServiceGroup | None) -> BusinessCalendar:
    """The group's calendar, or the house's."""
    return group.calendar if group and group.calendar else default_calendar()


@dataclass(frozen=True)
class Clock:
    """One promise. `percent` of its time has gone by, no more than 100; `left` is what is left of it in work, or how
    long it is late. `kept` is None while it runs.
    """

    name: str  # answer or solution
    due: datetime
    percent: int
    left: timedelta
    late: bool
    stands_still: bool
    kept: bool | None = None
    ended_at: datetime | None = None

    @property
    def mean(self) -> str:
        """What its colour says."""
        if self.kept is not None:
            return "good" if self.kept else "bad"
        if self.late:
            return "bad"
        return "warn" if self.percent >= SOON else ""


def clocks_of(ticket: Ticket) -> list[Clock]:
    """The clock of answering and the clock of solving, where something was promised."""
    if ticket.solve_by is None and ticket.respond_by is None:
        return []
    hours = hours_of(calendar_of(ticket.group))
    found = (
        _clock("answer", ticket, hours, ticket.respond_by, ticket.respond_minutes, ticket.responded_at),
        _clock("solution", ticket, hours, ticket.solve_by, ticket.solve_minutes, ticket.solved_at),
    )
    return [one for one in found if one is not None]


def _clock(
    name: str, ticket: Ticket, hours: Hours, due: datetime | None, minutes: int | None, ended: datetime | None
) -> Clock | None:
    if due is None or not minutes:
        return None
    if ended is None and not ticket.is_open:
        return None
    if ended is not None:
        return Clock(name, due, 100, timedelta(0), ended > due, False, ended <= due, ended)
    moment = ticket.paused_at or clock.now()
    late = moment > due
    left = worked_between(hours, due, moment) if late else worked_between(hours, moment, due)
    percent = 100 if late else max(0, min(100, round(100 - left / timedelta(minutes=minutes) * 100)))
    return Clock(name, due, percent, left, late, ticket.paused_at is not None)
