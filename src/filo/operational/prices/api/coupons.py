"""Coupons at the API: one by one and in series."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.filters.conditions import CHOICE, NUMBER, among, by_number
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.money import ZERO
from filo.foundation.rest.answers import answer
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.prices.api import scoped, telling
from filo.operational.prices.api.coupon_shapes import (
    CouponBody,
    CouponChange,
    CouponList,
    CouponShape,
    SeriesBody,
    SeriesShape,
)
from filo.operational.prices.models import Coupon
from filo.operational.prices.queries.coupons import folded_code
from filo.operational.prices.queries.reductions import coupons_seen, seen_coupon
from filo.operational.prices.services.discounts import make_series, save_coupon

router = Router(tags=["coupons"])
SORTS = {
    "-created": (Key("created_at", descending=True), Key("id", descending=True)),
    "created": (Key("created_at"), Key("id")),
    "code": (Key("code"), Key("id")),
    "-used": (Key("used", descending=True), Key("id", descending=True)),
}


def _by_code(_principal: Principal, operator: str, value: Any) -> Q:
    text = str(value)[:40]
    return Q(code_folded=folded_code(text)) if operator == "is" else Q(code__icontains=text)


FILTERS = FilterSet.of(
    FilterField("code", "code", ("is", "contains"), _by_code),
    FilterField("series", "series", CHOICE, among("series")),
    FilterField("amount", "amount", NUMBER, by_number("amount")),
    FilterField("used", "used", NUMBER, by_number("used")),
    *scoped.filters_of(counted=True),
)


@router.get("/coupons", response=CouponList, summary="List coupons")
def list_coupons(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The newest first; `q`: a part of code, name or series. Orders: created, code, used. Filters: `code`, `series`,
    `state` (active, upcoming, expired, used-up, paused), `percent`, `amount`, `used`, for whom and the days.
    """
    principal = require(request, "price", "view")
    found = coupons_seen(principal, asked.q).order_by()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shape(one) for one in page.rows], page.next, count)


@router.post("/coupons", response={201: CouponShape}, summary="Make a coupon", openapi_extra=VERSIONED)
def add_coupon(request: ApiRequest, body: CouponBody) -> HttpResponse:
    """One more. Whether it holds for a customer and a basket is told by `POST /prices`."""
    principal = require(request, "price", "create")
    made = save_coupon(principal, None, _facts(principal, body.model_dump()))
    headers = {"Location": f"/api/v1/coupons/{made.pk}"}
    return versioned(request, _one(principal, made.pk), status=201, headers=headers)


@router.post("/coupons/series", response={201: SeriesShape}, summary="Make a series of coupons")
def add_coupon_series(request: ApiRequest, body: SeriesBody) -> HttpResponse:
    """Many at once, each to be used once; all of them or none."""
    principal = require(request, "price", "create")
    facts = _facts(principal, body.model_dump())
    made = make_series(principal, facts, stem=facts.pop("stem"), count=facts.pop("count"))
    codes = [one.code for one in made]
    return answer({"series": made[0].series, "count": len(codes), "codes": codes}, status=201)


@router.get("/coupons/{uuid:coupon_id}", response=CouponShape, summary="Read a coupon", openapi_extra=VERSIONED)
def get_coupon(request: ApiRequest, coupon_id: UUID) -> HttpResponse:
    """One coupon, with how often it was used."""
    return versioned(request, _one(require(request, "price", "view"), coupon_id))


@router.patch("/coupons/{uuid:coupon_id}", response=CouponShape, summary="Change a coupon", openapi_extra=VERSIONED)
def patch_coupon(request: ApiRequest, coupon_id: UUID, body: CouponChange) -> HttpResponse:
    """What it takes off, for whom and when; `"active": false` takes it out of use. Orders that used it keep it."""
    principal = require(request, "price", "edit")
    found, sent = seen_coupon(principal, coupon_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_coupon(principal, found, _facts(principal, sent, found), version=version)
    except Stale as error:
        raise stale(_one(principal, coupon_id), sent, error) from None
    return versioned(request, _one(principal, coupon_id))


def _facts(principal: Principal, sent: dict[str, Any], found: Coupon | None = None) -> dict[str, Any]:
    facts = telling.facts(principal, sent)
    currency = scoped.sums(facts, "amount", "min_total")
    if facts.get("min_total", ZERO) is None:
        facts["min_total"] = ZERO
    if currency is None:
        return facts
    others = [name for name in ("amount", "min_total") if found and getattr(found, name) and name not in facts]
    if found is not None and currency != found.currency and others:
        raise InvalidFields({"amount" if "amount" in facts else "min_total": scoped.several_currencies()})
    return facts | {"currency": currency}


def _one(principal: Principal, coupon_id: UUID) -> dict[str, Any]:
    return _shape(seen_coupon(principal, coupon_id))


def _shape(found: Coupon) -> dict[str, Any]:
    plain = ("code", "name", "series", "currency", "once_each", "limit", "used")
    return scoped.scope(found) | {
        **{name: getattr(found, name) for name in plain},
        "percent": scoped.number(found.percent),
        "amount": scoped.money(found.amount, found.currency),
        "min_total": scoped.money(found.min_total, found.currency),
        "left": None if found.limit is None else max(found.limit - found.used, 0),
    }
