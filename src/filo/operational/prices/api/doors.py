"""Price lists, and what a basket costs, at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.organisation.models import Channel, SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.prices.api import priced, telling
from filo.operational.prices.api.baskets import BasketBody, BasketShape
from filo.operational.prices.api.shapes import (
    PriceListBody,
    PriceListChange,
    PriceListList,
    PriceListShape,
    RuleList,
    RulesBody,
    RulesWritten,
)
from filo.operational.prices.asking import Wanted
from filo.operational.prices.models import PriceRule
from filo.operational.prices.queries.engine import price
from filo.operational.prices.queries.situations import situation_of
from filo.operational.prices.queries.tables import lists_seen, seen_list
from filo.operational.prices.services.lists import save_list, write_rules

router = Router(tags=["price-lists"])
SORTS = {"name": (Key("name"), Key("id"))}
RULE_SORTS = {"id": (Key("id"),)}


@router.get("/price-lists", response=PriceListList, summary="List price lists")
def list_price_lists(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The lists one sees. Orders: name."""
    principal = require(request, "price", "view")
    page, count = listed(principal, lists_seen(principal, asked.q).order_by(), asked, sorts=SORTS)
    return list_answer([telling.shape(one) for one in page.rows], page.next, count)


@router.post("/price-lists", response={201: PriceListShape}, summary="Make a price list", openapi_extra=VERSIONED)
def add_price_list(request: ApiRequest, body: PriceListBody) -> HttpResponse:
    """One more list."""
    principal = require(request, "price", "create")
    found = save_list(principal, None, telling.facts(principal, body.model_dump()))
    headers = {"Location": f"/api/v1/price-lists/{found.id}"}
    return versioned(request, telling.one(principal, found.id), status=201, headers=headers)


@router.get(
    "/price-lists/{uuid:list_id}", response=PriceListShape, summary="Read a price list", openapi_extra=VERSIONED
)
def get_price_list(request: ApiRequest, list_id: UUID) -> HttpResponse:
    """One list."""
    return versioned(request, telling.one(require(request, "price", "view"), list_id))


@router.patch(
    "/price-lists/{uuid:list_id}", response=PriceListShape, summary="Change a price list", openapi_extra=VERSIONED
)
def patch_price_list(request: ApiRequest, list_id: UUID, body: PriceListChange) -> HttpResponse:
    """For whom it is and when it holds."""
    principal = require(request, "price", "edit")
    found, sent = seen_list(principal, list_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_list(principal, found, telling.facts(principal, sent), version=version)
    except Stale as error:
        raise stale(telling.one(principal, list_id), sent, error) from None
    return versioned(request, telling.one(principal, list_id))


@router.get("/price-lists/{uuid:list_id}/rules", response=RuleList, summary="Read the lines of a price list")
def list_price_rules(request: ApiRequest, list_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """What it says about articles."""
    principal = require(request, "price", "view")
    rows = PriceRule.objects.filter(list=seen_list(principal, list_id))
    found = rows.select_related("variant", "product", "line").order_by()
    page, count = listed(principal, found, ListParams(limit=asked.limit, cursor=asked.cursor), sorts=RULE_SORTS)
    return list_answer([telling.rule(one) for one in page.rows], page.next, count)


@router.post("/price-lists/{uuid:list_id}/rules", response=RulesWritten, summary="Write lines of a price list")
def write_price_rules(request: ApiRequest, list_id: UUID, body: RulesBody) -> dict[str, int]:
    """All of them or none; the same again changes nothing."""
    principal = require(request, "price", "edit")
    return {"changed": write_rules(principal, seen_list(principal, list_id), telling.rows(principal, body.rules))}


@router.post("/prices", response=BasketShape, summary="Price a basket")
def price_basket(request: ApiRequest, body: BasketBody) -> dict[str, Any]:
    """What it costs and why, line by line."""
    principal = require(request, "price", "view")
    party = telling.party(principal, body.party)
    company, channel = (
        telling.coded(SellingCompany.objects, "company", body.company),
        telling.coded(Channel.objects, "channel", body.channel),
    )
    situation = situation_of(
        party.id if party else None,
        company.pk if company else None,
        day=body.day,
        currency=body.currency.upper(),
        gross=body.gross,
        coupons=tuple(body.coupons),
        channel_id=channel.pk if channel else None,
    )
    known = telling.variants(principal, [line.sku for line in body.lines])
    wanted = [
        Wanted(known[folded_sku(line.sku)].pk, line.quantity, line.unit_price, line.discounts) for line in body.lines
    ]
    return priced.basket(price(situation, wanted))
