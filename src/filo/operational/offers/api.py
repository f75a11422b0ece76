"""Offers at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.rest.answers import answer, moment
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape
from filo.operational.offers.models import Offer
from filo.operational.offers.queries.finding import OFFER_FILTERS, SORTS, offers_found, seen_offer
from filo.operational.offers.queries.picking import picks_for
from filo.operational.offers.services import make_offer
from filo.operational.parties.queries.find import seen_party, tie_with

router = Router(tags=["offers"])
Channel = Literal["phone", "mail", "visit", "chat", "letter"]
Rule = Literal["again", "goes-with", "reserved", "liked"]


class UnitPriceShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class PickShape(Shape):
    """A product that may be proposed. `unit_price`: of one, before tax, for this customer; `price` is its amount alone,
    as earlier versions told it.
    """

    variant: UUID
    description: str
    rule: Rule
    reason: str
    unit_price: UnitPriceShape
    price: str


class PickList(Shape):
    """What may be proposed, the surest rule first."""

    items: list[PickShape]


class OfferBody(Body):
    """What is proposed: variants among those that `proposals` gives."""

    party: UUID
    variants: list[UUID] = Field(min_length=1, max_length=50)
    channel: Channel
    valid_until: Day
    note: str = Field("", max_length=300)


class OfferShape(Shape):
    """An offer, and what came of it."""

    id: UUID
    party: UUID
    channel: Channel
    state: Literal["open", "accepted", "refused", "expired"]
    note: str
    valid_until: str
    created_at: datetime
    closed_at: datetime | None
    quote: UUID | None
    lines: list[PickShape]


class OfferList(Shape):
    """A page of offers."""

    items: list[OfferShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/parties/{uuid:party_id}/proposals", response=PickList, summary="List what fits a party")
def list_what_fits(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """What may be proposed to it, each with its reason; only what is in stock and has a price for it."""
    principal = require(request, "quote", "create")
    party = seen_party(principal, party_id)
    tie = tie_with(party, None, whose=principal.user_id)
    picks = picks_for(principal, party, tie.company if tie else None)
    rows = [
        {
            "variant": one.variant_id,
            "description": one.description,
            "rule": one.rule,
            "reason": one.reason,
            **_priced(one.price, "EUR"),
        }
        for one in picks
    ]
    return answer({"items": rows})


@router.get("/offers", response=OfferList, summary="List offers")
def list_offers(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The offers one sees, the latest first."""
    principal = require(request, "quote", "view")
    found = offers_found(principal).prefetch_related("lines")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=OFFER_FILTERS)
    return list_answer(_shown(page.rows), page.next, count)


@router.get("/offers/{uuid:offer_id}", response=OfferShape, summary="Read an offer")
def get_offer(request: ApiRequest, offer_id: UUID) -> HttpResponse:
    """One offer."""
    principal = require(request, "quote", "view")
    return answer(_shown([seen_offer(principal, offer_id)])[0])


@router.post("/offers", response={201: OfferShape}, summary="Propose something")
def make_an_offer(request: ApiRequest, body: OfferBody) -> HttpResponse:
    """Keep what was proposed to a party one sees. 422 for what is not among its proposals now."""
    principal = require(request, "quote", "create")
    facts = body.model_dump(exclude={"party"})
    offer = make_offer(principal, seen_party(principal, body.party), **facts)
    return answer(_shown([offer])[0], status=201)


def _priced(price: Decimal, currency: str) -> dict[str, Any]:
    return {"unit_price": {"amount": str(price), "currency": currency}, "price": str(price)}


def _shown(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    return [
        {
            "id": offer.pk,
            "party": offer.party_id,
            "channel": offer.channel,
            "state": offer.state,
            "note": offer.note,
            "valid_until": offer.valid_until.isoformat(),
            "created_at": moment(offer.created_at),
            "closed_at": moment(offer.closed_at),
            "quote": offer.quote_id,
            "lines": [
                {
                    "variant": line.variant_id,
                    "description": line.description,
                    "rule": line.rule,
                    "reason": line.reason,
                    **_priced(line.price, offer.currency),
                }
                for line in offer.lines.all()
            ],
        }
        for offer in offers
    ]
