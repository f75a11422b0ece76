"""Checks at VIES, at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.vies.queries import standing_of, told_to
from filo.operational.vies.services.asking import ask_vies
from filo.operational.vies.services.taking_over import take_over
from filo.operational.vies.shapes import TakeOverBody, VatStanding

router = Router(tags=["parties"])


@router.get("/parties/{uuid:party_id}/vies", response=VatStanding, summary="Read how a VAT number stands at VIES")
def read_vies(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """404 for a party whose number VIES does not know of: a person, none, or of another country."""
    principal = require(request, "party", "view")
    return answer(_shown(principal, seen_party(principal, party_id)))


@router.post(
    "/parties/{uuid:party_id}/vies", response={202: VatStanding}, summary="Check the VAT number of a party at VIES"
)
def check_at_vies(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """VIES is asked in the background, again where it is not available: read the answer here (GET)."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    ask_vies(principal, party)
    return answer(_shown(principal, party), status=202)


@router.post(
    "/parties/{uuid:party_id}/vies/take-over", response=VatStanding, summary="Take over what VIES told of a party"
)
def take_over_from_vies(request: ApiRequest, party_id: UUID, body: TakeOverBody) -> HttpResponse:
    """The name or the address of the last answer, if the number was valid, takes the place of the card's."""
    principal = require(request, "party", "edit")
    edited = take_over(principal, told_to(principal, seen_party(principal, party_id)), body.part)
    return answer(_shown(principal, seen_party(principal, edited.pk)))


def _shown(principal: Principal, party: Party) -> dict[str, Any]:
    found = standing_of(principal, party)
    if found is None:
        raise NotFound
    told, latest = found.answered, found.latest
    return {
        "number": found.number,
        "state": found.state,
        "valid": found.is_valid,
        "name": told.name if told else "",
        "address": told.address if told else "",
        "consultation": told.consultation if told else "",
        "asked_at": latest.asked_at if latest else None,
        "answered_at": told.answered_at if told else None,
        "why_not": found.why_not,
        "differs": found.differs,
    }
