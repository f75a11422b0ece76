"""The story of a party at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Moment
from filo.foundation.web.paging import capped_count
from filo.operational.parties.api.shapes import Timeline
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.timeline import KEYS

router = Router(tags=["parties"])


class StoryParams(PageParams):
    """Which part of the story."""

    channel: str = Field("", max_length=20)
    direction: str = Field("", max_length=3, description="`in` or `out`.")
    outcome: str = Field("", max_length=80)
    actor: UUID | None = Field(None, description="Who wrote it.")
    words: str = Field("", max_length=80, description="Words of the subject or the text.")
    since: Moment | None = Field(None, description="From this moment on.")
    until: Moment | None = Field(None, description="Before this moment.")


@router.get("/parties/{uuid:party_id}/timeline", response=Timeline, summary="Read the story")
def list_timeline(request: ApiRequest, party_id: UUID, asked: Query[StoryParams]) -> HttpResponse:
    """What happened with a party, newest first, as far as one may see it."""
    principal = require(request, "party", "view")
    party = seen_party(principal, party_id)
    found = TimelineEntry.objects.visible_to(principal).filter(party=party)
    for name in ("channel", "direction", "outcome"):
        if wanted := getattr(asked, name):
            found = found.filter(**{name: wanted})
    if asked.actor:
        found = found.filter(actor=asked.actor)
    if asked.words.strip():
        found = found.filter(Q(summary__icontains=asked.words.strip()) | Q(excerpt__icontains=asked.words.strip()))
    if asked.since:
        found = found.filter(at__gte=asked.since)
    if asked.until:
        found = found.filter(at__lt=asked.until)
    page = page_in(found.select_related("company"), KEYS, asked)
    return list_answer([_shown(entry) for entry in page.rows], page.next, capped_count(found))


def _shown(entry: TimelineEntry) -> dict[str, Any]:
    reference = {"kind": entry.reference_kind, "id": entry.reference_id} if entry.reference_id else None
    return {
        "id": entry.id,
        "at": entry.at,
        "kind": entry.kind,
        "channel": entry.channel,
        "direction": entry.direction,
        "summary": entry.summary,
        "excerpt": entry.excerpt,
        "outcome": entry.outcome,
        "actor": {"id": entry.actor_id, "name": entry.actor_name},
        "company": entry.company.code if entry.company else None,
        "relationship": entry.relationship_id,
        "reference": reference,
        "event_id": entry.event_id,
        "data": entry.data,
    }
