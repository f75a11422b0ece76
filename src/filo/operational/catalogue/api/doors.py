"""Products and stock at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.operational.catalogue.api import telling
from filo.operational.catalogue.api.shapes import (
    ProductBody,
    ProductList,
    ProductShape,
    StockBody,
    StockList,
    StockShape,
)
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import StockPlace, Variant
from filo.operational.catalogue.queries.listing import SORTS, products_found
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.shapes import shapes_of
from filo.operational.catalogue.queries.stocked import BY_STOCK, stock_rows
from filo.operational.catalogue.services.counting import arrive, count
from filo.operational.catalogue.services.products import (
    change_product,
    create_product,
    delete_product,
)
from filo.operational.catalogue.services.variants import save_variants

router = Router(tags=["products"])


@router.get("/products", response=ProductList, summary="List products")
def list_products(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The products one sees, by name. Orders: name, updated. Filters as on the page: `sku`, `category`, `line`,
    `in_stock`, `attribute` (size=M) and others. `q`: words, a code, a barcode; also mistyped.
    """
    principal = require(request, "product", "view")
    found = products_found(principal, None, asked.q).for_list()  # type: ignore[attr-defined]
    page, counted = listed(principal, found, asked, sorts=SORTS, filters=PRODUCT_FILTERS)
    return list_answer(shapes_of(principal, page.rows), page.next, counted)


@router.post("/products", response={201: ProductShape}, summary="Add a product", openapi_extra=VERSIONED)
def add_product(request: ApiRequest, body: ProductBody) -> HttpResponse:
    """A product with its variants, all of it or nothing."""
    principal = require(request, "product", "create")
    sent = body.model_dump()
    with transaction.atomic():
        product = create_product(principal, telling.facts(sent), variants=telling.variants(body.variants))
        telling.texts(principal, product, sent["texts"])
    headers = {"Location": f"/api/v1/products/{product.pk}"}
    return versioned(request, telling.one(principal, product.pk), status=201, headers=headers)


@router.get("/products/{uuid:product_id}", response=ProductShape, summary="Read a product", openapi_extra=VERSIONED)
def get_product(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """One product."""
    return versioned(request, telling.one(require(request, "product", "view"), product_id))


@router.patch("/products/{uuid:product_id}", response=ProductShape, summary="Change a product", openapi_extra=VERSIONED)
def patch_product(request: ApiRequest, product_id: UUID, body: ProductBody) -> HttpResponse:
    """Only what is sent changes; variants that are not sent stay as they are."""
    principal = require(request, "product", "edit")
    product, sent = seen_product(principal, product_id), body.sent()
    version = version_to_write(request, product.version)
    try:
        with transaction.atomic():
            now = change_product(principal, product, telling.facts(sent), version=version)
            if body.variants:
                now = save_variants(principal, now, telling.variants(body.variants))
            telling.texts(principal, now, sent.get("texts") or {})
    except Stale as error:
        raise stale(telling.one(principal, product_id), sent, error) from None
    return versioned(request, telling.one(principal, product_id))


@router.delete("/products/{uuid:product_id}", response={204: None}, summary="Delete a product")
def remove_product(request: ApiRequest, product_id: UUID) -> tuple[int, None]:
    """Into the bin, from where it can be taken out again; its codes stay its own."""
    principal = require(request, "product", "delete")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    delete_product(principal, product)
    return 204, None


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
    variant = Variant.objects.filter(sku_folded=" ".join(body.sku.split()).casefold()).first()
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
