"""What was changed of a party, at the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.audit.queries import NEWEST_FIRST
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.foundation.web.paging import capped_count
from filo.operational.parties.queries.changes import changes_of, raw_changes
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.provenance import provenance_of

router = Router(tags=["history"])


class Actor(Shape):
    """Who did it; a part of the system has no id."""

    id: UUID | None
    name: str


class ChangeShape(Shape):
    """What one act did to one thing. `changes` maps each field to [before, after]."""

    id: UUID
    at: datetime
    operation: UUID
    undoes: UUID | None
    actor: Actor
    door: str
    action: str
    kind: str
    object_id: UUID
    changes: dict[str, Any]


class ChangeList(Shape):
    """A page of changes, newest first. Those one may not see are not among the items, though they are counted."""

    items: list[ChangeShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/parties/{uuid:party_id}/changes", response=ChangeList, summary="Read what was changed")
def list_changes(request: ApiRequest, party_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """The changes of a party and of what it is to us, as far as one may see them; `operation` can be taken back."""
    principal = require(request, "party", "view")
    found = changes_of(principal, seen_party(principal, party_id))
    page = page_in(found, NEWEST_FIRST, asked)
    items = [_shown(entry, changes) for entry, changes in raw_changes(principal, page.rows)]
    return list_answer(items, page.next, capped_count(found))


class OriginShape(Shape):
    """Where a value comes from, and since when. `kind`: a person wrote it (hand), or it came through the api, from
    an import, from a public register (VIES), from a merged card, from Filo itself (system), or with the card
    (arrival). `source` names the file, the register, the other card, or what the card tells of its source; `by` who
    did it.
    """

    source: str
    kind: Literal["hand", "api", "import", "register", "merge", "system", "arrival"]
    at: datetime
    by: str


@router.get(
    "/parties/{uuid:party_id}/provenance", response=dict[str, OriginShape], summary="Read where values come from"
)
def read_provenance(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """The source and moment of every value that the party has now and one may see, by its name: `sector`,
    `fields.CODE`, `contact_points.0` (the first), `addresses.0`, `external_identities.0`.
    """
    principal = require(request, "party", "view")
    origins = provenance_of(principal, seen_party(principal, party_id))
    names = ("source", "kind", "at", "by")
    return answer({name: {part: getattr(origin, part) for part in names} for name, origin in origins.items()})


def _shown(entry: Any, changes: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "at", "operation", "undoes", "door", "action", "kind", "object_id")
    shown = {name: getattr(entry, name) for name in names}
    return shown | {"actor": {"id": entry.actor, "name": entry.actor_name}, "changes": changes}
