"""Search at the API: the beginnings of words find what one may see, and so do words that are nearly right."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from filo.foundation.rest.lists import list_answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.search.sources import Line, lines_with
from filo.foundation.web.paging import Count
from filo.operational.parties.api.shapes import Hits
from filo.operational.parties.queries.lists import Row, rows_of
from filo.operational.parties.queries.similar import find_parties

router = Router(tags=["search"])


class SearchParams(BaseModel):
    """What is looked for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(max_length=200, description="Words, or their beginnings; numbers of telephones and taxes too.")
    limit: int = Field(20, ge=1, le=200)


@router.get("/search", response=Hits, summary="Search")
def search_everything(request: ApiRequest, asked: Query[SearchParams]) -> HttpResponse:
    """The best hits first, all on one page: parties that are called so, what was written that says so, and those that
    are called nearly so (`similar`), where hardly any are called so.
    """
    principal = require(request, "party", "view")
    found = find_parties(principal, asked.q, limit=asked.limit)
    lines = lines_with(principal, asked.q, limit=asked.limit - len(found.parties))
    rows = {row.party.id: row for row in rows_of(principal, found.all)}
    items = [
        *(_party(rows[party.id], similar=False) for party in found.parties),
        *(_line(line) for line in lines),
        *(_party(rows[party.id], similar=True) for party in found.similar),
    ][: asked.limit]
    return list_answer(items, None, Count(len(items), exact=len(items) < asked.limit))


def _party(row: Row, *, similar: bool) -> dict[str, Any]:
    return {
        "kind": "party",
        "id": row.party.id,
        "title": row.party.display_name,
        "subtitle": row.place,
        "url": f"{settings.SITE_URL}/parties/{row.party.id}",
        "similar": similar,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "id": line.id,
        "title": line.party_name,
        "subtitle": line.text,
        "url": settings.SITE_URL + (f"/parties/{line.party_id}" if line.party_id else line.url),
        "similar": False,
    }
