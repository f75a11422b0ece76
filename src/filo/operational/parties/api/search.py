"""Search at the API: the beginnings of words find what one may see."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from filo.foundation.rest.lists import list_answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Count
from filo.operational.parties.api.shapes import Hits
from filo.operational.parties.queries.find import search_parties
from filo.operational.parties.queries.lists import rows_of

router = Router(tags=["search"])


class SearchParams(BaseModel):
    """What is looked for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(max_length=200, description="Words, or their beginnings; numbers of telephones and taxes too.")
    limit: int = Field(20, ge=1, le=200)


@router.get("/search", response=Hits, summary="Search")
def search_everything(request: ApiRequest, asked: Query[SearchParams]) -> HttpResponse:
    """The best hits first, all on one page."""
    principal = require(request, "party", "view")
    found = search_parties(principal, asked.q, limit=asked.limit)
    items = [
        {
            "kind": "party",
            "id": row.party.id,
            "title": row.party.display_name,
            "subtitle": row.place,
            "url": f"{settings.SITE_URL}/parties/{row.party.id}",
        }
        for row in rows_of(principal, found)
    ]
    return list_answer(items, None, Count(len(items), exact=len(items) < asked.limit))
