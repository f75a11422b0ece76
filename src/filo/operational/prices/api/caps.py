"""How much off the list a role may give by itself, at the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.errors import Stale
from filo.foundation.filters.conditions import CHOICE, among
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.foundation.rest.answers import no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.prices.api import scoped, telling
from filo.operational.prices.api.scoped import CODE
from filo.operational.prices.models import DiscountCap
from filo.operational.prices.queries.caps import seen_cap
from filo.operational.prices.services.discounts import remove_cap, save_cap

router = Router(tags=["discount-caps"])
SORTS = {"role": (Key("role"), Key("id"))}
FILTERS = FilterSet.of(
    FilterField("role", "role", CHOICE, among("role")),
    FilterField("company", "company", CHOICE, among("company__code")),
    FilterField("product_line", "product line", CHOICE, among("line__code")),
)


class CapBody(Body):
    """How many percent off the list a role may give without asking; the most special cap holds."""

    role: str = Field(max_length=60, description="By its code.")
    company: str = Field("", max_length=60, description=CODE)
    product_line: str = Field("", max_length=60, description=CODE)
    percent: Decimal = Field(max_digits=5, decimal_places=2)


class CapChange(CapBody):
    """What changes."""

    role: str = Field("", max_length=60)
    percent: Decimal = Field(Decimal(0), max_digits=5, decimal_places=2)


class CapShape(Shape):
    """A cap."""

    id: UUID
    role: str
    company: str
    product_line: str
    percent: str
    version: int


class CapList(Shape):
    """A page of caps."""

    items: list[CapShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/discount-caps", response=CapList, summary="List discount caps")
def list_discount_caps(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """By role. A role without a cap asks nobody."""
    principal = require(request, "settings", "view")
    found = DiscountCap.objects.select_related("company", "line").order_by()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shape(one) for one in page.rows], page.next, count)


@router.post("/discount-caps", response={201: CapShape}, summary="Make a discount cap", openapi_extra=VERSIONED)
def add_discount_cap(request: ApiRequest, body: CapBody) -> HttpResponse:
    """One for each role, company and product line."""
    principal = require(request, "settings", "edit")
    made = save_cap(principal, None, _facts(body.model_dump()))
    headers = {"Location": f"/api/v1/discount-caps/{made.pk}"}
    return versioned(request, _shape(seen_cap(made.pk)), status=201, headers=headers)


@router.get("/discount-caps/{uuid:cap_id}", response=CapShape, summary="Read a discount cap", openapi_extra=VERSIONED)
def get_discount_cap(request: ApiRequest, cap_id: UUID) -> HttpResponse:
    """One cap."""
    require(request, "settings", "view")
    return versioned(request, _shape(seen_cap(cap_id)))


@router.patch(
    "/discount-caps/{uuid:cap_id}", response=CapShape, summary="Change a discount cap", openapi_extra=VERSIONED
)
def patch_discount_cap(request: ApiRequest, cap_id: UUID, body: CapChange) -> HttpResponse:
    """Another percentage, or for somebody else."""
    principal = require(request, "settings", "edit")
    found, sent = seen_cap(cap_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_cap(principal, found, _facts(sent), version=version)
    except Stale as error:
        raise stale(_shape(seen_cap(cap_id)), sent, error) from None
    return versioned(request, _shape(seen_cap(cap_id)))


@router.delete(
    "/discount-caps/{uuid:cap_id}", response={204: None}, summary="Remove a discount cap", openapi_extra=VERSIONED
)
def delete_discount_cap(request: ApiRequest, cap_id: UUID) -> HttpResponse:
    """The role asks nobody any more."""
    principal = require(request, "settings", "edit")
    found = seen_cap(cap_id)
    refuse_stale(request, found.version)
    remove_cap(principal, found)
    return no_content()


def _facts(sent: dict[str, Any]) -> dict[str, Any]:
    facts = dict(sent)
    if "company" in facts:
        facts["company"] = telling.coded(SellingCompany.objects, "company", facts["company"])
    if "product_line" in facts:
        facts["line"] = telling.coded(ProductLine.objects, "product_line", facts.pop("product_line"))
    return facts


def _shape(found: DiscountCap) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in ("id", "role", "version")},
        "company": found.company.code if found.company else "",
        "product_line": found.line.code if found.line else "",
        "percent": scoped.number(found.percent),
    }
