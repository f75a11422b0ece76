"""Doubles and merges at the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape
from filo.foundation.web.paging import Key, capped_count
from filo.operational.doubles.labels import reasons_in_words
from filo.operational.doubles.models import DoublePair
from filo.operational.doubles.queries import SHOWN, candidates, open_pairs, seen_pair, traits_of_facts
from filo.operational.doubles.services import ask_again, say_two
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.unmerging import unmerge_parties

router = Router(tags=["duplicates"])
LIKELIEST_FIRST = (Key("probability", descending=True), Key("id", descending=True))
NEWEST_FIRST = (Key("at", descending=True), Key("id", descending=True))
Side = Literal["kept", "absorbed", "both"]


class AlikeParty(Shape):
    """One card of a pair."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class ReasonShape(Shape):
    """What a field says: `bits` above 0 for one customer, below 0 against."""

    field: str
    level: str
    words: str
    bits: float


class PairShape(Shape):
    """Two cards that may be one customer."""

    id: UUID
    parties: list[AlikeParty]
    probability: float
    reasons: list[ReasonShape]
    state: Literal["open", "two"]
    found_at: datetime


class PairList(Shape):
    """A page of pairs."""

    items: list[PairShape]
    next: str | None
    count: int
    count_is_exact: bool


class CandidateShape(Shape):
    """A card that may be whom one is about to write down."""

    party: AlikeParty
    probability: float
    reasons: list[ReasonShape]


class CheckPoint(Body):
    """A number or address by which somebody is reached."""

    type: Literal["email", "pec", "phone", "mobile", "fax", "web", "social"]
    value: str = Field(max_length=320)


class CheckPlace(Body):
    """Where somebody is."""

    street: str = Field("", max_length=200)
    postal_code: str = Field("", max_length=16)
    city: str = Field("", max_length=120)


class CheckBody(Body):
    """What one knows of somebody; nothing is written."""

    kind: Literal["person", "organisation"] = "person"
    given_name: str = Field("", max_length=120)
    family_name: str = Field("", max_length=120)
    legal_name: str = Field("", max_length=260)
    vat_number: str = Field("", max_length=32)
    codice_fiscale: str = Field("", max_length=32)
    birth_date: Day | None = None
    contact_points: list[CheckPoint] = Field(default_factory=list, max_length=60)
    addresses: list[CheckPlace] = Field(default_factory=list, max_length=30)


class MergeBody(Body):
    """Which card stays, which becomes part of it, and which of two differing facts stays (`kept` where not said)."""

    kept: UUID
    absorbed: UUID
    choices: dict[str, Side] = Field(default_factory=dict)


class PartBody(Body):
    """What came since and goes to the card that stands up again: ids of timeline entries and contact points."""

    to_absorbed: list[UUID] = Field(default_factory=list, max_length=500)


class MergeShape(Shape):
    """A merge, and when it was taken back."""

    id: UUID
    kept: AlikeParty
    absorbed: AlikeParty
    at: datetime
    actor: str
    undone_at: datetime | None


class MergeList(Shape):
    """A page of merges."""

    items: list[MergeShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/duplicates", response=PairList, summary="List pairs that may be one customer")
def list_pairs(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """The pairs of which one sees both, the likeliest first."""
    principal = require(request, "party", "view")
    found = open_pairs(principal, least=SHOWN)
    page = page_in(found, LIKELIEST_FIRST, asked)
    return list_answer([_pair(principal, pair) for pair in page.rows], page.next, capped_count(found))


@router.post("/duplicates/check", response=list[CandidateShape], summary="Who may be there already")
def check(request: ApiRequest, body: CheckBody) -> HttpResponse:
    """Cards one sees that may be who is described, the likeliest first. Nothing is written."""
    principal = require(request, "party", "view")
    facts = {name: value for name, value in body.model_dump().items() if name not in principal.hidden("party")}
    found = candidates(principal, traits_of_facts(facts))
    return answer(
        [
            {
                "party": _party(one.party),
                "probability": round(one.likeness.probability, 4),
                "reasons": _reasons(principal, one.likeness.reasons),
            }
            for one in found
        ]
    )


@router.post("/duplicates/{uuid:pair_id}/dismiss", response=PairShape, summary="Say that they are two")
def dismiss(request: ApiRequest, pair_id: UUID) -> HttpResponse:
    """Nobody is asked about them again."""
    principal = require(request, "party", "edit")
    return answer(_pair(principal, say_two(principal, seen_pair(principal, pair_id))))


@router.post("/duplicates/{uuid:pair_id}/reopen", response=PairShape, summary="Ask about a pair again")
def reopen(request: ApiRequest, pair_id: UUID) -> HttpResponse:
    """It was said too soon that they are two."""
    principal = require(request, "party", "edit")
    return answer(_pair(principal, ask_again(principal, seen_pair(principal, pair_id))))


@router.get("/merges", response=MergeList, summary="List merges")
def list_merges(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """The merges into parties one sees, the newest first."""
    principal = require(request, "party", "view")
    found = Merge.objects.visible_to(principal).select_related("kept", "absorbed")
    page = page_in(found, NEWEST_FIRST, asked)
    return list_answer([_merge(merge) for merge in page.rows], page.next, capped_count(found))


@router.post("/merges", response={201: MergeShape}, summary="Merge two parties")
def merge(request: ApiRequest, body: MergeBody) -> HttpResponse:
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


def _party(party: Party) -> dict[str, Any]:
    return {"id": party.id, "kind": party.kind, "display_name": party.display_name}


def _pair(principal: Principal, pair: DoublePair) -> dict[str, Any]:
    return {
        "id": pair.id,
        "parties": [_party(pair.first), _party(pair.second)],
        "probability": round(pair.probability, 4),
        "reasons": _reasons(principal, pair.reasons),
        "state": pair.state,
        "found_at": pair.found_at,
    }


def _reasons(principal: Principal, reasons: Any) -> list[dict[str, Any]]:
    hidden = principal.hidden("party")
    shown = [(field, level, bits) for field, level, bits in reasons if field not in hidden]
    return [
        {"field": field, "level": level, "bits": bits, "words": f"{why.field}: {why.level}"}
        for field, level, bits in shown
        for why in reasons_in_words([(field, level, bits)])
    ]


def _merge(found: Merge) -> dict[str, Any]:
    return {
        "id": found.id,
        "kept": _party(found.kept),
        "absorbed": _party(found.absorbed),
        "at": found.at,
        "actor": found.actor_name,
        "undone_at": found.undone_at,
    }
