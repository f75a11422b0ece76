"""Discounts that come by themselves, at the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.filters.conditions import CHOICE, among
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.money import ZERO
from filo.foundation.organisation.models import ProductLine
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape, YesNo
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.catalogue.models import Product
from filo.operational.prices.api import scoped, telling
from filo.operational.prices.api.baskets import MoneyShape
from filo.operational.prices.api.scoped import CODE, AmountBody, ScopeBody, ScopeShape
from filo.operational.prices.exchange import EURO
from filo.operational.prices.models import Discount
from filo.operational.prices.queries.reductions import discounts_seen, seen_discount
from filo.operational.prices.services.discounts import save_discount

router = Router(tags=["discounts"])
SORTS = {
    "priority": (Key("priority"), Key("name"), Key("id")),
    "name": (Key("name"), Key("id")),
    "-created": (Key("created_at", descending=True), Key("id", descending=True)),
}
FILTERS = FilterSet.of(
    FilterField("code", "code", CHOICE, among("code")),
    FilterField("product", "product", CHOICE, among("product__code")),
    FilterField("product_line", "product line", CHOICE, among("line__code")),
    FilterField("category", "category", CHOICE, among("category")),
    *scoped.filters_of(counted=False),
)


class DiscountBody(ScopeBody):
    """A percentage off, by itself; several come one upon the other in the order of `priority`."""

    name: str = Field(max_length=120)
    code: str = Field("", max_length=60, pattern=r"^[-a-zA-Z0-9_]*$", description="Made of the name if empty.")
    percent: Decimal = Field(max_digits=5, decimal_places=2)
    product: str = Field("", max_length=60, description=CODE)
    product_line: str = Field("", max_length=60, description=CODE)
    category: str = Field("", max_length=120)
    min_quantity: Decimal = Field(Decimal(1), max_digits=14, decimal_places=3, description="From how many of a line.")
    min_total: AmountBody | None = Field(None, description="From what total of the whole on, in euro; null: from any.")
    alone: YesNo = Field(False, description="No other discount comes on top of it.")


class DiscountChange(DiscountBody):
    """What changes."""

    name: str = Field("", max_length=120)
    percent: Decimal = Field(Decimal(0), max_digits=5, decimal_places=2)


class DiscountShape(ScopeShape):
    """A discount."""

    code: str
    name: str
    percent: str
    product: str
    product_line: str
    category: str
    min_quantity: str
    min_total: MoneyShape
    alone: bool


class DiscountList(Shape):
    """A page of discounts."""

    items: list[DiscountShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/discounts", response=DiscountList, summary="List discounts")
def list_discounts(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """In the order in which they come one upon the other; `q`: a part of name or code. Orders: priority, name, created.
    Filters: `state` (active, upcoming, expired, paused), `percent`, what they are of, for whom and the days.
    """
    principal = require(request, "price", "view")
    found = discounts_seen(principal, asked.q).order_by()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shape(one) for one in page.rows], page.next, count)


@router.post("/discounts", response={201: DiscountShape}, summary="Make a discount", openapi_extra=VERSIONED)
def add_discount(request: ApiRequest, body: DiscountBody) -> HttpResponse:
    """One more."""
    principal = require(request, "price", "create")
    made = save_discount(principal, None, _facts(principal, body.model_dump()))
    headers = {"Location": f"/api/v1/discounts/{made.pk}"}
    return versioned(request, _one(principal, made.pk), status=201, headers=headers)


@router.get("/discounts/{uuid:discount_id}", response=DiscountShape, summary="Read a discount", openapi_extra=VERSIONED)
def get_discount(request: ApiRequest, discount_id: UUID) -> HttpResponse:
    """One discount."""
    return versioned(request, _one(require(request, "price", "view"), discount_id))


@router.patch(
    "/discounts/{uuid:discount_id}", response=DiscountShape, summary="Change a discount", openapi_extra=VERSIONED
)
def patch_discount(request: ApiRequest, discount_id: UUID, body: DiscountChange) -> HttpResponse:
    """How much, of what, for whom and when; `"active": false` takes it out of use."""
    principal = require(request, "price", "edit")
    found, sent = seen_discount(principal, discount_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_discount(principal, found, _facts(principal, sent), version=version)
    except Stale as error:
        raise stale(_one(principal, discount_id), sent, error) from None
    return versioned(request, _one(principal, discount_id))


def _facts(principal: Principal, sent: dict[str, Any]) -> dict[str, Any]:
    facts = telling.facts(principal, sent)
    if "product" in facts:
        products = Product.objects.visible_to(principal).filter(deleted_at=None)
        facts["product"] = telling.coded(products, "product", facts["product"])
    if "product_line" in facts:
        facts["line"] = telling.coded(ProductLine.objects, "product_line", facts.pop("product_line"))
    if scoped.sums(facts, "min_total") not in (None, EURO):
        raise InvalidFields({"min_total": _("Say it in euro.")})
    if facts.get("min_total", ZERO) is None:
        facts["min_total"] = ZERO
    return facts


def _one(principal: Principal, discount_id: UUID) -> dict[str, Any]:
    return _shape(seen_discount(principal, discount_id))


def _shape(found: Discount) -> dict[str, Any]:
    return scoped.scope(found) | {
        **{name: getattr(found, name) for name in ("code", "name", "category", "alone")},
        "percent": scoped.number(found.percent),
        "product": found.product.code if found.product else "",
        "product_line": found.line.code if found.line else "",
        "min_quantity": scoped.number(found.min_quantity),
        "min_total": scoped.money(found.min_total, EURO),
    }
