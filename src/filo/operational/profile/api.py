"""What is known of customers, at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.errors import NotFound
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.parties.queries.find import seen_party
from filo.operational.profile.models import Trait
from filo.operational.profile.queries import seen_trait, traits_of
from filo.operational.profile.services.learning import forget_trait, learn
from filo.operational.profile.shapes import TraitBody, TraitList, TraitShape

router = Router(tags=["profile"])


@router.get("/parties/{uuid:party_id}/traits", response=TraitList, summary="List what is known of a party")
def list_traits(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """The facts that hold now, by kind."""
    principal = require(request, "party", "view")
    known = traits_of(seen_party(principal, party_id), principal)
    return answer({"items": [_shown(row) for rows in known.values() for row in rows]})


@router.post("/parties/{uuid:party_id}/traits", response={201: TraitShape}, summary="Learn a fact about a party")
def learn_trait(request: ApiRequest, party_id: UUID, body: TraitBody) -> HttpResponse:
    """Gives what holds from now on: a guess does not displace what the customer said himself."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    facts = body.model_dump(exclude={"kind", "value"})
    return answer(_shown(learn(principal, party, body.kind, body.value, **facts)), status=201)


@router.delete(
    "/parties/{uuid:party_id}/traits/{uuid:trait_id}", response={204: None}, summary="Forget a fact about a party"
)
def forget(request: ApiRequest, party_id: UUID, trait_id: UUID) -> HttpResponse:
    """It holds no more; the history keeps it."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    trait = seen_trait(principal, trait_id)
    if trait.party_id != party.pk:
        raise NotFound
    forget_trait(principal, trait)
    return no_content()


def _shown(row: Trait) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind.code,
        "value": row.value,
        "label": row.words,
        "said": row.said,
        "source": row.source,
        "confidence": row.confidence,
        "learned_at": row.learned_at,
        "confirmed_at": row.confirmed_at,
    }
