"""Products at the API."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.filters.tree import parse
from filo.foundation.rest.answers import answer
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.operational.catalogue.api import telling
from filo.operational.catalogue.api.shapes import ManyBody, ManyShape, ProductBody, ProductList, ProductShape
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.listing import SORTS, products_found
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.shapes import shapes_of
from filo.operational.catalogue.services.copies import duplicate_product
from filo.operational.catalogue.services.many import OF_MANY, change_many
from filo.operational.catalogue.services.products import (
    change_product,
    create_product,
    delete_product,
    restore_product,
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


@router.post("/products/many", response=ManyShape, summary="Change many products")
def change_many_products(request: ApiRequest, body: ManyBody) -> HttpResponse:
    """Put them on sale or take them off, release them to all customers or reserve them; as one act, which
    `/operations/{operation}/undo` takes back. Those that are so already stay.
    """
    principal = require(request, "product", "edit")
    facts = {name: value for name in OF_MANY if (value := getattr(body, name)) is not None}
    if not facts:
        raise InvalidFields({"status": _("Say what becomes of them: status or reserved.")})
    if (body.ids is None) == (body.filter is None and not body.q):
        raise InvalidFields({"ids": _("Name the products, or say which by a filter or words.")})
    if body.ids is not None:
        found = Product.objects.visible_to(principal).filter(pk__in=body.ids)
    else:
        found = products_found(principal, parse(json.dumps(body.filter)) if body.filter else None, body.q)  # type: ignore[assignment]
    with one_operation() as operation:
        changed, more = change_many(principal, found, facts)
    return answer({"changed": changed, "more": more, "operation": operation.id if operation.written else None})


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


@router.post("/products/{uuid:product_id}/restore", response=ProductShape, summary="Take a product out of the bin")
def restore_a_product(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """It is in the catalogue again; twice changes nothing."""
    principal = require(request, "product", "delete")
    restore_product(principal, seen_product(principal, product_id))
    return versioned(request, telling.one(principal, product_id))


@router.post("/products/{uuid:product_id}/duplicate", response={201: ProductShape}, summary="Duplicate a product")
def duplicate_a_product(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """The same once more, as a draft with codes of its own."""
    principal = require(request, "product", "create")
    copy = duplicate_product(principal, seen_product(principal, product_id))
    headers = {"Location": f"/api/v1/products/{copy.pk}"}
    return versioned(request, telling.one(principal, copy.pk), status=201, headers=headers)
