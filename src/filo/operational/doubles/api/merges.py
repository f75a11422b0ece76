"""Merges at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count
from filo.operational.doubles.api.pairs import party_shown
from filo.operational.doubles.api.shapes import MergeList, MergeShape, PartBody, PartiesMergeBody
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.unmerging import unmerge_parties

router = Router(tags=["duplicates"])
NEWEST_FIRST = (Key("at", descending=True), Key("id", descending=True))


@router.get("/merges", response=MergeList, summary="List merges")
def list_merges(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """The merges into parties one sees, the newest first."""
    principal = require(request, "party", "view")
    found = Merge.objects.visible_to(principal).select_related("kept", "absorbed")
    page = page_in(found, NEWEST_FIRST, asked)
    return list_answer([_merge(merge) for merge in page.rows], page.next, capped_count(found))


@router.post("/merges", response={201: MergeShape}, summary="Merge two parties")
def merge(request: ApiRequest, body: PartiesMergeBody) -> HttpResponse:
    """Make `absorbed` part of `kept`: everything that points at it follows, and its id leads to `kept` from now on."""
    principal = require(request, "party", "edit")
    kept, absorbed = (_end(principal, name, getattr(body, name)) for name in ("kept", "absorbed"))
    found = merge_parties(principal, kept, absorbed, chosen=dict(body.choices))
    return answer(_merge(found), status=201, headers={"Location": f"/api/v1/merges/{found.id}"})


@router.get("/merges/{uuid:merge_id}", response=MergeShape, summary="Read a merge")
def get_merge(request: ApiRequest, merge_id: UUID) -> HttpResponse:
    """Which two became one, when, by whom."""
    return answer(_merge(_seen(require(request, "party", "view"), merge_id)))


@router.post("/merges/{uuid:merge_id}/undo", response=MergeShape, summary="Part two merged parties")
def part(request: ApiRequest, merge_id: UUID, body: PartBody) -> HttpResponse:
    """Both stand by themselves again, as they were; what came since stays with `kept` unless it is named."""
    principal = require(request, "party", "edit")
    found = _seen(principal, merge_id)
    unmerge_parties(principal, found, to_absorbed=body.to_absorbed)
    return answer(_merge(_seen(principal, merge_id)))


def _seen(principal: Principal, merge_id: UUID) -> Merge:
    found = Merge.objects.visible_to(principal).select_related("kept", "absorbed").filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    return found


def _end(principal: Principal, name: str, party_id: UUID) -> Party:
    try:
        return seen_party(principal, party_id)
    except NotFound:
        raise InvalidFields({name: _("There is no such customer, or it is not yours to see.")}) from None


def _merge(found: Merge) -> dict[str, Any]:
    return {
        "id": found.id,
        "kept": party_shown(found.kept),
        "absorbed": party_shown(found.absorbed),
        "at": found.at,
        "actor": found.actor_name,
        "undone_at": found.undone_at,
    }
