"""What the first page says about customers: the latest of the story, and who was left alone."""

from __future__ import annotations

from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.queries.lists import ListQuery, Row, party_page, rows_of
from filo.operational.parties.timeline_kinds import Told, told

LEFT_ALONE_DAYS = 60


def latest(principal: Principal, *, limit: int = 8) -> list[Told]:
    """The newest of what happened with customers, as far as this principal may see it."""
    entries = TimelineEntry.objects.visible_to(principal).exclude(object="party")
    entries = entries.filter(party__in=Party.objects.visible_to(principal), origin_party__isnull=False)
    return told(list(entries.select_related("party", "company").order_by("-at", "-id")[:limit]))


def left_alone(principal: Principal, *, limit: int = 5) -> list[Row]:
    """One's own customers and prospects without contact for sixty days, the longest first."""
    tree = {
        "and": [
            {"field": "owner", "op": "is", "value": "me"},
            {"field": "stage", "op": "in", "value": ["customer", "prospect"]},
            {"field": "last_contact", "op": "older-than-days", "value": LEFT_ALONE_DAYS},
        ]
    }
    asked = ListQuery(tree=tree, sort="last_contact", size=limit)
    return rows_of(principal, party_page(principal, asked).rows)
