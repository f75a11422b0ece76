"""Requests of customers in the calendar: when an answer or a solution is owed. Their topic does not know calendars."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.operational.activities.sources import Item, Source, declare_source
from filo.operational.service.models import Ticket

LENGTH = timedelta(minutes=15)
MOST = 300


def declare_requests() -> None:
    """Called once, when the program starts."""
    declare_source(Source("requests", gettext_lazy("Requests due"), "life-buoy", "ticket", _items, place=40))


def _items(principal: Principal, people: Collection[UUID], since: datetime, until: datetime) -> list[Item]:
    found = Ticket.objects.visible_to(principal).filter(
        assignee__in=people, merged_into=None, state__in=("new", "open")
    )
    rows = found.filter(owed_by__gte=since, owed_by__lt=until).order_by("owed_by", "id")[:MOST]
    return [
        Item(
            source="requests",
            id=row.pk,
            person=row.assignee_id,  # type: ignore[arg-type]  # asked for by assignee
            title=str(row),
            starts=row.owed_by,  # type: ignore[arg-type]  # asked for by it
            ends=row.owed_by + LENGTH,  # type: ignore[operator,arg-type]
            url=f"/tickets/{row.pk}",
            party=row.party_id,
        )
        for row in rows
    ]
