"""Deals at the API."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.deals.api import named, telling
from filo.operational.deals.api.shapes import DealBody, DealChange, DealList, DealShape, LossBody
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.queries.finding import SHOWN, deal_again, seen_deal
from filo.operational.deals.queries.listing import SORTS, deals_found
from filo.operational.deals.services import (
    delete_deal,
    lose_deal,
    open_deal,
    reopen_deal,
    win_deal,
)
from filo.operational.parties.models import Party

router = Router(tags=["deals"])


@router.get("/deals", response=DealList, summary="List deals")
def list_deals(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The deals one sees, what is to close soonest on top. Orders: close, opened, amount, score, next, title.
    Filters as on the page. `q` is words of the deal or its customer.
    """
    principal = require(request, "deal", "view")
    found = deals_found(principal, None, asked.q).select_related(*SHOWN)
    page, count = listed(principal, found, asked, sorts=SORTS, filters=DEAL_FILTERS)
    return list_answer(telling.shown(principal, page.rows), page.next, count)


@router.post("/deals", response={201: DealShape}, summary="Open a deal", openapi_extra=VERSIONED)
def add_deal(request: ApiRequest, body: DealBody) -> HttpResponse:
    """There is something to sell."""
    principal = require(request, "deal", "create")
    party = Party.objects.visible_to(principal).filter(pk=body.party).first()
    if party is None:
        raise InvalidFields({"party": NotFound.sentence})
    pipeline = named.pipeline_named(body.pipeline)
    facts = telling.facts(body.sent(), at_opening=True)
    with transaction.atomic():
        deal = open_deal(
            principal,
            party=party,
            pipeline=pipeline,
            stage=named.stage(pipeline, body.stage) if body.stage else None,
            owner_id=named.person(body.owner),
            where=named.where(body),
            **facts,
        )
    headers = {"Location": f"/api/v1/deals/{deal.id}"}
    return versioned(request, telling.shown(principal, [deal_again(deal)])[0], status=201, headers=headers)


@router.get("/deals/{uuid:deal_id}", response=DealShape, summary="Read a deal", openapi_extra=VERSIONED)
def get_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """One deal."""
    principal = require(request, "deal", "view")
    return versioned(request, telling.one(principal, deal_id))


@router.patch("/deals/{uuid:deal_id}", response=DealShape, summary="Change a deal", openapi_extra=VERSIONED)
def patch_deal(request: ApiRequest, deal_id: UUID, body: DealChange) -> HttpResponse:
    """Change facts, give it to somebody, move it to another open stage; all of it or nothing."""
    principal = require(request, "deal", "edit")
    deal, sent = seen_deal(principal, deal_id), body.sent()
    version = version_to_write(request, deal.version)
    try:
        with transaction.atomic():
            telling.change(principal, deal, sent, version=version)
    except Stale as error:
        raise stale(telling.one(principal, deal_id), sent, error) from None
    return versioned(request, telling.shown(principal, [deal_again(deal)])[0])


@router.delete("/deals/{uuid:deal_id}", response={204: None}, summary="Throw a deal away")
def remove_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """Into the bin."""
    principal = require(request, "deal", "delete")
    delete_deal(principal, seen_deal(principal, deal_id))
    return HttpResponse(status=204)


@router.post("/deals/{uuid:deal_id}/win", response=DealShape, summary="Win a deal", openapi_extra=VERSIONED)
def win_a_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """The customer buys; winning it twice changes nothing."""
    principal = require(request, "deal", "edit")
    win_deal(principal, seen_deal(principal, deal_id))
    return versioned(request, telling.one(principal, deal_id))


@router.post("/deals/{uuid:deal_id}/lose", response=DealShape, summary="Lose a deal", openapi_extra=VERSIONED)
def lose_a_deal(request: ApiRequest, deal_id: UUID, body: LossBody) -> HttpResponse:
    """The customer does not buy, and why."""
    principal = require(request, "deal", "edit")
    lose_deal(principal, seen_deal(principal, deal_id), reason=named.reason(body.reason), note=body.note)
    return versioned(request, telling.one(principal, deal_id))


@router.post("/deals/{uuid:deal_id}/reopen", response=DealShape, summary="Open a deal again", openapi_extra=VERSIONED)
def reopen_a_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """It goes on where it was; an open one stays as it is."""
    principal = require(request, "deal", "edit")
    reopen_deal(principal, seen_deal(principal, deal_id))
    return versioned(request, telling.one(principal, deal_id))
