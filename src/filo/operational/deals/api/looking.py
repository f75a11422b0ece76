"""What is looked up about a deal at the API: where its points come from, what was changed of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.queries import NEWEST_FIRST
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import capped_count
from filo.operational.deals.api.act_shapes import DealChangeList, PointsShape
from filo.operational.deals.queries.finding import seen_deal
from filo.operational.deals.queries.page import changes_of, seen_changes
from filo.operational.deals.queries.scoring import score_of

router = Router(tags=["deals"])


@router.get("/deals/{uuid:deal_id}/points", response=PointsShape, summary="Read why a deal has its points")
def read_points(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """Rule by rule."""
    principal = require(request, "deal", "view")
    found = score_of(seen_deal(principal, deal_id))
    rules = [
        {
            "rule": one.rule.pk,
            "name": one.rule.name,
            "way": one.rule.way,
            "points": one.points,
            "times": one.times,
            "last": one.last,
        }
        for one in found.contributions
    ]
    return answer({"score": found.total, "rules": rules})


@router.get("/deals/{uuid:deal_id}/changes", response=DealChangeList, summary="Read what was changed of a deal")
def list_deal_changes(request: ApiRequest, deal_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """Act by act, newest first, as far as one may see the values."""
    principal = require(request, "deal", "view")
    found = changes_of(seen_deal(principal, deal_id))
    page = page_in(found, NEWEST_FIRST, asked)
    items = [_shown(entry, changes) for entry, changes in seen_changes(principal, page.rows)]
    return list_answer(items, page.next, capped_count(found))


def _shown(entry: AuditEntry, changes: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "at", "operation", "undoes", "door", "action")
    actor = {"id": entry.actor, "name": entry.actor_name}
    return {name: getattr(entry, name) for name in names} | {"actor": actor, "changes": changes}
