"""Orders at the API: who carries parcels, and within how many working days goods of each company arrive."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.errors import NotFound, Stale
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import YES_NO, labels, yes_or_no
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape, Whole, YesNo
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.orders.models import Carrier, OrderPromise
from filo.operational.orders.queries.promising import promises_of
from filo.operational.orders.services.settings import keep_carrier, keep_promise

router = Router(tags=["orders"])
CARRIER_SORTS = {
    "position": (Key("position"), Key("name"), Key("id")),
    "name": (Key("name"), Key("id")),
    "-name": (Key("name", descending=True), Key("id", descending=True)),
}
CARRIER_FILTERS = FilterSet.of(
    FilterField("active", _("In use"), ("is",), yes_or_no(lambda: Q(active=True)), labels(YES_NO)),
)
COMPANY_SORTS = {"company": (Key("code"), Key("id")), "-company": (Key("code", descending=True), Key("id"))}


class CarrierChange(Body):
    """What changes of a carrier. tracking: the page of a parcel, with `{number}` where its number stands."""

    name: str = Field("", max_length=80)
    address: str = Field("", max_length=200, description="Company name and address, as delivery notes say them.")
    tracking: str = Field("", max_length=300)
    position: Whole = Field(0, ge=0, le=999, description="Its place in the list.")
    active: YesNo = Field(True, description="False takes it out of use: what it carried stays.")


class CarrierBody(CarrierChange):
    """A carrier."""

    name: str = Field(max_length=80)


class CarrierShape(Shape):
    """Who carries parcels. tracking: the page of a parcel, with `{number}` where its number stands."""

    id: UUID
    name: str
    address: str
    tracking: str
    position: int
    active: bool
    version: int


class CarrierList(Shape):
    """A page of carriers."""

    items: list[CarrierShape]
    next: str | None
    count: int
    count_is_exact: bool


class PromiseBody(Body):
    """Within how many working days goods arrive."""

    days: Whole


class PromiseShape(Shape):
    """Within how many working days goods of a company arrive; orders that are confirmed keep their day."""

    company_id: UUID
    company: str
    days: int
    version: int


class PromiseList(Shape):
    """What each company promises."""

    items: list[PromiseShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/carriers", response=CarrierList, summary="List carriers")
def list_carriers(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Who carries parcels, as the settings list them. Orders: position, name. Filter: `active`. `q`: a name."""
    principal = require(request, "settings", "view")
    found = Carrier.objects.filter(name__icontains=asked.q.strip())
    page, count = listed(principal, found, asked, sorts=CARRIER_SORTS, filters=CARRIER_FILTERS)
    return list_answer([_carrier(row) for row in page.rows], page.next, count)


@router.post("/carriers", response={201: CarrierShape}, summary="Add a carrier", openapi_extra=VERSIONED)
def add_carrier(request: ApiRequest, body: CarrierBody) -> HttpResponse:
    """One more; its name is told at no other carrier."""
    principal = require(request, "settings", "edit")
    made = keep_carrier(principal, None, **body.sent())
    return versioned(request, _carrier(made), status=201, headers={"Location": f"/api/v1/carriers/{made.pk}"})


@router.get("/carriers/{uuid:carrier_id}", response=CarrierShape, summary="Read a carrier", openapi_extra=VERSIONED)
def get_carrier(request: ApiRequest, carrier_id: UUID) -> HttpResponse:
    """One carrier."""
    require(request, "settings", "view")
    return versioned(request, _carrier(_known_carrier(carrier_id)))


@router.patch("/carriers/{uuid:carrier_id}", response=CarrierShape, summary="Change a carrier", openapi_extra=VERSIONED)
def patch_carrier(request: ApiRequest, carrier_id: UUID, body: CarrierChange) -> HttpResponse:
    """Change it, or switch it off and on (`active`)."""
    principal = require(request, "settings", "edit")
    found, changes = _known_carrier(carrier_id), body.sent()
    try:
        kept = keep_carrier(principal, found, version=version_to_write(request, found.version), **changes)
    except Stale as error:
        raise stale(_carrier(_known_carrier(carrier_id)), changes, error) from None
    return versioned(request, _carrier(kept))


@router.get("/order-promises", response=PromiseList, summary="List promised days")
def list_order_promises(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Within how many working days goods of each company arrive. Order: company. `q`: a name."""
    principal = require(request, "settings", "view")
    found = SellingCompany.objects.filter(name__icontains=asked.q.strip())
    page, count = listed(principal, found, asked, sorts=COMPANY_SORTS)
    return list_answer([_promise(row) for row in promises_of(page.rows)], page.next, count)


@router.get(
    "/order-promises/{uuid:company_id}", response=PromiseShape, summary="Read promised days", openapi_extra=VERSIONED
)
def get_order_promise(request: ApiRequest, company_id: UUID) -> HttpResponse:
    """What one company promises."""
    require(request, "settings", "view")
    return versioned(request, _promised(_known_company(company_id)))


@router.patch(
    "/order-promises/{uuid:company_id}", response=PromiseShape, summary="Change promised days", openapi_extra=VERSIONED
)
def patch_order_promise(request: ApiRequest, company_id: UUID, body: PromiseBody) -> HttpResponse:
    """What one company promises from now on."""
    principal = require(request, "settings", "edit")
    company = _known_company(company_id)
    version = version_to_write(request, int(_promised(company)["version"]))
    try:
        keep_promise(principal, company, days=body.days, version=version)
    except Stale as error:
        raise stale(_promised(company), body.sent(), error) from None
    return versioned(request, _promised(company))


def _known_carrier(carrier_id: UUID) -> Carrier:
    found = Carrier.objects.filter(pk=carrier_id).first()
    if found is None:
        raise NotFound
    return found


def _known_company(company_id: UUID) -> SellingCompany:
    found = SellingCompany.objects.filter(pk=company_id).first()
    if found is None:
        raise NotFound
    return found


def _carrier(row: Carrier) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CarrierShape.model_fields}


def _promised(company: SellingCompany) -> dict[str, Any]:
    return _promise(promises_of([company])[0])


def _promise(row: OrderPromise) -> dict[str, Any]:
    return {"company_id": row.company_id, "company": row.company.code, "days": row.days, "version": row.version}
