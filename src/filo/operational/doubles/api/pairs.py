"""Doubles at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count
from filo.operational.doubles.api.shapes import CandidateShape, CheckBody, PairList, PairShape
from filo.operational.doubles.labels import reasons_in_words
from filo.operational.doubles.models import DoublePair
from filo.operational.doubles.queries.candidates import SHOWN, candidates
from filo.operational.doubles.queries.pairs import open_pairs, seen_pair
from filo.operational.doubles.queries.traits import traits_of_facts
from filo.operational.doubles.services.deciding import ask_again, say_two
from filo.operational.parties.models import Party

router = Router(tags=["duplicates"])
LIKELIEST_FIRST = (Key("probability", descending=True), Key("id", descending=True))


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
                "party": party_shown(one.party),
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


def party_shown(party: Party) -> dict[str, Any]:
    """A card in short."""
    return {"id": party.id, "kind": party.kind, "display_name": party.display_name}


def _pair(principal: Principal, pair: DoublePair) -> dict[str, Any]:
    return {
        "id": pair.id,
        "parties": [party_shown(pair.first), party_shown(pair.second)],
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
