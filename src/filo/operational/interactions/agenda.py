"""What happened, in the calendar: visits and calls where they took their time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.operational.activities.sources import Item, Source, declare_source
from filo.operational.interactions.models import CHANNELS, Interaction

SHORTEST = timedelta(minutes=15)
MOST = 500


def declare_agenda() -> None:
    """Called once, when the program starts."""
    declare_source(
        Source("interactions", gettext_lazy("Visits and calls made"), "handshake", "interaction", _items, place=30)
    )


def _items(principal: Principal, people: Collection[UUID], since: datetime, until: datetime) -> list[Item]:
    found = Interaction.objects.visible_to(principal).filter(author__in=people, channel__in=("call", "meeting"))
    rows = found.filter(at__gte=since - timedelta(days=1), at__lt=until).order_by("at", "id")[:MOST]
    items = [_item(row) for row in rows]
    return [item for item in items if item.ends > since]


def _item(row: Interaction) -> Item:
    length = max(SHORTEST, timedelta(minutes=row.minutes or 0))
    return Item(
        source="interactions",
        id=row.pk,
        person=row.author_id,  # type: ignore[arg-type]  # asked for by author
        title=row.subject or str(dict(CHANNELS)[row.channel]),
        starts=row.at,
        ends=row.at + length,
        url=f"/interactions/{row.pk}",
        party=row.party_id,
        done=False,
    )
