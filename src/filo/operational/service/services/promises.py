"""Until when a request is to be answered and solved, and how its clocks stand still while others are waited for."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from filo.foundation.hours.reckoning import Hours, NeverOpen, after_work, worked_between
from filo.foundation.hours.services import hours_of
from filo.operational.service.models import ServiceGroup, Ticket
from filo.operational.service.queries.clocks import calendar_of
from filo.operational.service.queries.promised import minutes_promised

WARNED_AT = 0.8


def promise(ticket: Ticket, group: ServiceGroup | None, since: datetime) -> None:
    """Set until when the request is to be answered and solved, from a moment on; saves nothing.

    What it waited already is added, so that a promise can be made anew in the middle.
    """
    ticket.respond_minutes, ticket.solve_minutes = minutes_promised(ticket, group)
    hours = hours_of(calendar_of(group))
    try:
        _set_respond(ticket, hours, since, timedelta(minutes=ticket.waited))
        span, more = timedelta(minutes=ticket.solve_minutes), timedelta(minutes=ticket.waited)
        ticket.solve_by = after_work(hours, since, span + more)
        ticket.warn_solve_at = after_work(hours, since, span * WARNED_AT + more)
    except NeverOpen:
        ticket.respond_by = ticket.solve_by = ticket.warn_respond_at = ticket.warn_solve_at = None
    ticket.warned = 0


def promise_answer(ticket: Ticket, group: ServiceGroup | None, since: datetime) -> None:
    """An answer is owed anew from a moment on (the customer asked for a person); saves nothing."""
    ticket.responded_at = None
    ticket.respond_minutes = minutes_promised(ticket, group)[0]
    ticket.warned &= ~3
    try:
        _set_respond(ticket, hours_of(calendar_of(group)), since, timedelta(0))
    except NeverOpen:
        ticket.respond_by = ticket.warn_respond_at = None


def _set_respond(ticket: Ticket, hours: Hours, since: datetime, more: timedelta) -> None:
    span = timedelta(minutes=ticket.respond_minutes or 0)
    ticket.respond_by = after_work(hours, since, span + more)
    ticket.warn_respond_at = after_work(hours, since, span * WARNED_AT + more)


def pause(ticket: Ticket, at: datetime) -> None:
    """The clocks stand still from now on; saves nothing."""
    ticket.paused_at = ticket.paused_at or at


def go_on(ticket: Ticket, group: ServiceGroup | None, at: datetime) -> None:
    """The clocks go on: what was waited is added to what was promised; saves nothing."""
    if ticket.paused_at is None:
        return
    hours, since = hours_of(calendar_of(group)), ticket.paused_at
    waited = worked_between(hours, since, at)
    ticket.waited += round(waited.total_seconds() / 60)
    ticket.paused_at = None
    if not waited:
        return
    for name in ("solve_by", "warn_solve_at", *(() if ticket.responded_at else ("respond_by", "warn_respond_at"))):
        due = getattr(ticket, name)
        if due is not None and due > since:
            # A calendar that has become empty since moves nothing.
            with suppress(NeverOpen):
                setattr(ticket, name, after_work(hours, due, waited))
