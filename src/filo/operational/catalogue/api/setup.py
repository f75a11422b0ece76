"""What is set up about products at the API: VAT classes and stock places."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import NotFound, Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.catalogue.api import telling
from filo.operational.catalogue.api.setup_shapes import (
    PlaceBody,
    PlaceChange,
    PlaceList,
    PlaceShape,
    VatBody,
    VatChange,
    VatList,
    VatShape,
)
from filo.operational.catalogue.filters import SETUP_FILTERS
from filo.operational.catalogue.models import StockPlace, VatClass
from filo.operational.catalogue.services.settings import save_place, save_vat

router = Router(tags=["product settings"])
SORTS = {"position": (Key("position"), Key("code")), "code": (Key("code"),)}
Row = TypeVar("Row", bound=Model)


@router.get("/vat-classes", response=VatList, summary="List VAT classes")
def list_vat_classes(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Rates, and the reasons for none. Orders: position, code. Filters: `active`, `code`."""
    principal = require(request, "product", "view")
    found = VatClass.objects.filter(name__icontains=asked.q.strip()).order_by()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=SETUP_FILTERS)
    return list_answer([telling.vat(one) for one in page.rows], page.next, count)


@router.post("/vat-classes", response={201: VatShape}, summary="Make a VAT class", openapi_extra=VERSIONED)
def add_vat_class(request: ApiRequest, body: VatBody) -> HttpResponse:
    """One more."""
    found = save_vat(require(request, "settings", "edit"), None, body.model_dump())
    headers = {"Location": f"/api/v1/vat-classes/{found.pk}"}
    return versioned(request, telling.vat(found), status=201, headers=headers)


@router.get("/vat-classes/{uuid:vat_id}", response=VatShape, summary="Read a VAT class", openapi_extra=VERSIONED)
def get_vat_class(request: ApiRequest, vat_id: UUID) -> HttpResponse:
    """One class."""
    require(request, "product", "view")
    return versioned(request, telling.vat(_known(VatClass, vat_id)))


@router.patch("/vat-classes/{uuid:vat_id}", response=VatShape, summary="Change a VAT class", openapi_extra=VERSIONED)
def patch_vat_class(request: ApiRequest, vat_id: UUID, body: VatChange) -> HttpResponse:
    """Only what is sent changes; one that is not `active` is offered no more."""
    principal = require(request, "settings", "edit")
    found, sent = _known(VatClass, vat_id), body.sent()
    try:
        save_vat(principal, found, sent, version=version_to_write(request, found.version))
    except Stale as error:
        raise stale(telling.vat(_known(VatClass, vat_id)), sent, error) from None
    return versioned(request, telling.vat(_known(VatClass, vat_id)))


@router.get("/stock-places", response=PlaceList, summary="List stock places")
def list_stock_places(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Warehouses and shops. Orders: position, code. Filters: `active`, `code`."""
    principal = require(request, "product", "view")
    found = StockPlace.objects.filter(name__icontains=asked.q.strip()).select_related("company").order_by()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=SETUP_FILTERS)
    return list_answer([telling.place(one) for one in page.rows], page.next, count)


@router.post("/stock-places", response={201: PlaceShape}, summary="Make a stock place", openapi_extra=VERSIONED)
def add_stock_place(request: ApiRequest, body: PlaceBody) -> HttpResponse:
    """One more."""
    found = save_place(require(request, "settings", "edit"), None, telling.place_facts(body.model_dump()))
    headers = {"Location": f"/api/v1/stock-places/{found.pk}"}
    return versioned(request, telling.place(found), status=201, headers=headers)


@router.get("/stock-places/{uuid:place_id}", response=PlaceShape, summary="Read a stock place", openapi_extra=VERSIONED)
def get_stock_place(request: ApiRequest, place_id: UUID) -> HttpResponse:
    """One place."""
    require(request, "product", "view")
    return versioned(request, telling.place(_known(StockPlace, place_id)))


@router.patch(
    "/stock-places/{uuid:place_id}", response=PlaceShape, summary="Change a stock place", openapi_extra=VERSIONED
)
def patch_stock_place(request: ApiRequest, place_id: UUID, body: PlaceChange) -> HttpResponse:
    """Only what is sent changes; one that is not `active` serves no orders."""
    principal = require(request, "settings", "edit")
    found, sent = _known(StockPlace, place_id), body.sent()
    try:
        save_place(principal, found, telling.place_facts(sent), version=version_to_write(request, found.version))
    except Stale as error:
        raise stale(telling.place(_known(StockPlace, place_id)), sent, error) from None
    return versioned(request, telling.place(_known(StockPlace, place_id)))


def _known(model: type[Row], thing_id: UUID) -> Any:
    found = model._default_manager.filter(pk=thing_id).first()
    if found is None:
        raise NotFound
    return found
