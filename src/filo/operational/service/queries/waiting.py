"""How long who asks for a person waits for one: what it took lately, or what is promised where that is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from filo.foundation.hours.reckoning import NeverOpen, after_work, spans_from
from filo.foundation.hours.services import hours_of
from filo.operational.service.models import ServiceGroup, Ticket
from filo.operational.service.queries.clocks import calendar_of
from filo.operational.service.queries.promised import minutes_promised

LATELY, MOST, FEWEST = timedelta(days=90), 100, 5


@dataclass(frozen=True)
class Wait:
    """Until when half of those who asked at this moment would have their person; None where nobody ever works.

    `cases`: of how many that is known, 0 where it is what the group promises. `opens`: when work begins again, None
    while it goes on.
    """

    by: datetime | None
    cases: int
    opens: datetime | None


def wait_to_expect(group: ServiceGroup | None, moment: datetime) -> Wait:
    """The wait of who asks this group (None: the house) for a person at an aware moment."""
    rows = Ticket.objects.filter(person_waited__isnull=False, person_wanted_at__gte=moment - LATELY)
    waited = list((rows.filter(group=group) if group else rows).order_by("-person_wanted_at")[:MOST])
    known = len(waited) >= FEWEST
    minutes = median(ticket.person_waited or 0 for ticket in waited) if known else _promised(group)
    hours = hours_of(calendar_of(group))
    try:
        opens = next(spans_from(hours, moment))[0]
        by = after_work(hours, moment, timedelta(minutes=max(1, minutes)))
    except NeverOpen:
        return Wait(None, 0, None)
    return Wait(by, len(waited) if known else 0, opens if opens > moment else None)


def _promised(group: ServiceGroup | None) -> int:
    """Who asks for a person is at least of high priority: see `want_person`."""
    return minutes_promised(Ticket(type="question", priority="high"), group)[0]
