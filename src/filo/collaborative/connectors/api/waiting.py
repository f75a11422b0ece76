"""Back offices at the API: what waits for a person, disagreements and refused rows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.collaborative.connectors.api import telling
from filo.collaborative.connectors.api.shapes import (
    ConflictList,
    ConflictParams,
    ConflictShape,
    RejectedShape,
    SettleBody,
)
from filo.collaborative.connectors.models import Conflict
from filo.collaborative.connectors.queries import conflicts_seen, seen_conflict
from filo.collaborative.connectors.services.disagreeing import decide
from filo.collaborative.connectors.services.putting_away import put_away
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count

router = Router(tags=["back-offices"])
LATEST = (Key("at", descending=True), Key("id", descending=True))


@router.get("/back-offices/conflicts", response=ConflictList, summary="List disagreements")
def list_back_office_conflicts(request: ApiRequest, asked: Query[ConflictParams]) -> HttpResponse:
    """Values that both sides changed, the latest first: those to be decided, unless a state is named."""
    found = conflicts_seen(require(request, "settings", "view")).filter(state=asked.state)
    if asked.back_office:
        found = found.filter(exchange__connection=asked.back_office)
    if asked.subject:
        found = found.filter(exchange__subject=asked.subject)
    page = page_in(found, LATEST, asked)
    return list_answer([telling.conflict(row) for row in page.rows], page.next, capped_count(found))


@router.get("/back-offices/conflicts/{uuid:conflict_id}", response=ConflictShape, summary="Read a disagreement")
def get_back_office_conflict(request: ApiRequest, conflict_id: UUID) -> HttpResponse:
    """One disagreement."""
    return answer(telling.conflict(seen_conflict(require(request, "settings", "view"), conflict_id)))


@router.post(
    "/back-offices/conflicts/{uuid:conflict_id}/settle", response=ConflictShape, summary="Settle a disagreement"
)
def settle_back_office_conflict(request: ApiRequest, conflict_id: UUID, body: SettleBody) -> HttpResponse:
    """One side's value holds; what was decided already is not decided again (409)."""
    principal = require(request, "settings", "edit")
    found: Conflict = decide(principal, seen_conflict(principal, conflict_id), whose=body.whose)
    return answer(telling.conflict(found))


@router.post("/back-offices/rejected/{uuid:row_id}/put-away", response=RejectedShape, summary="Put a refused row away")
def put_rejected_row_away(request: ApiRequest, row_id: UUID) -> HttpResponse:
    """Nothing is to be done about it; if it comes again it is told again."""
    return answer(telling.rejected(put_away(require(request, "settings", "edit"), row_id)))
