"""Referrals at the API: a customer's code, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.access.principal import Principal
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.operational.deals.api.report_shapes import SumShape, sum_shown
from filo.operational.deals.queries.referrals import referrals_of
from filo.operational.deals.services import make_referral_code
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party

router = Router(tags=["deals"])


class ReferralsShape(Shape):
    """A customer's code (empty: none yet), how many deals he brought, and what was won of them. The deals themselves:
    `GET /deals` with a filter on `referred_by`.
    """

    code: str
    brought: int
    won: SumShape


@router.get("/parties/{uuid:party_id}/referrals", response=ReferralsShape, summary="Read whom a party sent to us")
def read_referrals(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """As far as one sees the deals."""
    require(request, "party", "view")
    principal = require(request, "deal", "view")
    return answer(_shown(principal, seen_party(principal, party_id)))


@router.post("/parties/{uuid:party_id}/referral-code", response=ReferralsShape, summary="Give a party a referral code")
def give_referral_code(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """Who has one keeps it."""
    require(request, "party", "view")
    principal = require(request, "deal", "create")
    party = seen_party(principal, party_id)
    make_referral_code(principal, party)
    return answer(_shown(principal, party))


def _shown(principal: Principal, party: Party) -> dict[str, Any]:
    found = referrals_of(principal, party)
    return {"code": found.code, "brought": found.brought, "won": sum_shown(found.won)}
