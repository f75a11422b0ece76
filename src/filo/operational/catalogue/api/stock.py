"""Stock at the API: what lies where, what came and went, and counting, arrival and moving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.catalogue.api import telling
from filo.operational.catalogue.api.stock_shapes import (
    MoveList,
    MoveParams,
    MovesBody,
    MovesDone,
    StockBody,
    StockList,
    StockShape,
)
from filo.operational.catalogue.filters import MOVE_FILTERS
from filo.operational.catalogue.models import Product, StockPlace, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.queries.stocked import BY_STOCK, LATEST, stock_moves, stock_rows
from filo.operational.catalogue.services.counting import arrive, count, move

router = Router(tags=["stock"])


@router.get("/stock", response=StockList, summary="List stock")
def list_stock(request: ApiRequest, asked: Query[ListParams], sku: str = "", place: str = "") -> HttpResponse:
    """What lies where, by code; of one variant (`sku`) or one place where those are named."""
    principal = require(request, "product", "view")
    page, counted = listed(principal, stock_rows(principal, sku=sku, place=place), asked, sorts={"id": BY_STOCK})
    return list_answer([telling.stock(row) for row in page.rows], page.next, counted)


@router.post("/stock", response=StockShape, summary="Set stock")
def set_stock(request: ApiRequest, body: StockBody) -> dict[str, Any]:
    """Tell how many are there, or how many came. Less than what is promised to orders is refused."""
    principal = require(request, "product", "edit")
    variant = _variants(principal, [body.sku]).get(folded_sku(body.sku))
    found = StockPlace.objects.filter(code=body.place).first()
    problems = {}
    if variant is None:
        problems["sku"] = _("There is no variant with this code.")
    if found is None:
        problems["place"] = _("There is no such stock place.")
    if variant is None or found is None:
        raise InvalidFields(problems)
    line = (variant.pk, found.pk, body.quantity)
    if body.how == "add":
        arrive(principal, [line], note=body.note)
    else:
        count(principal, [line], note=body.note, as_of=body.as_of, reason="back-office" if body.as_of else "count")
    return telling.stock(stock_rows(principal, sku=variant.sku, place=found.code).get())


@router.get("/stock/moves", response=MoveList, summary="Read the stock journal")
def list_stock_moves(request: ApiRequest, asked: Query[MoveParams]) -> HttpResponse:
    """What came and went, the latest first. Filters: `reason`, `at`."""
    principal = require(request, "product", "view")
    found = stock_moves(principal, sku=asked.sku, place=asked.place, product_id=asked.product)
    page, counted = listed(principal, found, asked, sorts={"-at": LATEST}, filters=MOVE_FILTERS)
    return list_answer([telling.moved(row) for row in page.rows], page.next, counted)


@router.post("/stock/moves", response={201: MovesDone}, summary="Count, take in or move stock")
def move_stock(request: ApiRequest, body: MovesBody) -> HttpResponse:
    """All lines or none of them. Less than what is promised to orders is refused, and so is what is not free to go."""
    principal = require(request, "product", "edit")
    known = _variants(principal, [line.sku for line in body.lines])
    places = {one.code: one for one in StockPlace.objects.filter(code__in=[body.place, body.into], active=True)}
    _refuse_unknown(body, known, places)
    pairs = [(known[folded_sku(line.sku)].pk, line.quantity) for line in body.lines]
    place = places[body.place]
    lines = [(variant, place.pk, quantity) for variant, quantity in pairs]
    if body.do == "move":
        done = move(principal, pairs, out_of=place, into=places[body.into], note=body.note)
    elif body.do == "arrive":
        done = arrive(principal, lines, note=body.note)
    else:
        done = count(principal, lines, note=body.note)
    there = stock_rows(principal).filter(variant__in=[variant for variant, _q in pairs], place__in=places.values())
    items = [telling.stock(row) for row in there.order_by("place__position", "variant__sku_folded", "pk")]
    return answer({"changed": len(done), "items": items}, status=201)


def _variants(principal: Principal, skus: Sequence[str]) -> dict[str, Variant]:
    """By their folded codes, those of products one sees."""
    rows = Variant.objects.filter(sku_folded__in={folded_sku(sku) for sku in skus})
    return {one.sku_folded: one for one in rows.filter(product__in=Product.objects.visible_to(principal))}


def _refuse_unknown(body: MovesBody, known: dict[str, Variant], places: dict[str, StockPlace]) -> None:
    problems = {
        f"lines.{number}.sku": _("There is no variant with this code.")
        for number, line in enumerate(body.lines)
        if folded_sku(line.sku) not in known
    }
    if body.place not in places:
        problems["place"] = _("There is no such stock place.")
    if body.do == "move" and body.into not in places:
        problems["into"] = _("Choose where it goes.")
    if body.do != "move" and body.into:
        problems["into"] = _("Only what is moved goes into another place.")
    if problems:
        raise InvalidFields(problems)
