"""Rows of the list of requests, badges, moments and spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django import template
from django.utils.safestring import SafeString

from filo.foundation import clock
from filo.foundation.lists.columns import Column
from filo.foundation.lists.rows import RowStyle, list_rows
from filo.operational.service.columns import priority_badge, state_badge
from filo.operational.service.models import ServiceGroup, Ticket
from filo.operational.service.queries.listing import Row
from filo.operational.service.queries.waiting import wait_to_expect
from filo.operational.service.words import moment_words, span_words, wait_words

register = template.Library()


@register.simple_tag
def ticket_rows(rows: Iterable[Row], columns: Sequence[Column]) -> SafeString:
    """The rows of a table of requests."""
    return list_rows(rows, columns, _ROWS)


_ROWS = RowStyle(lambda row: row.ticket.id)


@register.filter
def state_of(ticket: Ticket) -> SafeString:
    """The state as a badge."""
    return state_badge(ticket)


@register.filter
def priority_of(ticket: Ticket) -> SafeString | str:
    """The priority as a badge, where it is not the usual one."""
    return priority_badge(ticket)


@register.filter
def at_words(moment: datetime | None) -> str:
    """today 14:30."""
    return moment_words(moment) if moment else ""


@register.filter
def work_words(span: timedelta) -> str:
    """3 h 20 min."""
    return span_words(span)


@register.filter
def minutes_words(minutes: int) -> str:
    """So many minutes of work: 4 hours."""
    return span_words(timedelta(minutes=minutes))


@register.simple_tag
def person_wait(group: ServiceGroup | None = None) -> str:
    """How long a person of this group is to be waited for by who asks now; "" where nobody can know."""
    return wait_words(wait_to_expect(group or None, clock.now()))
