"""Products and stock at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Product, ProductText, StockPlace, Variant, VatClass
from filo.operational.catalogue.queries.listing import SORTS, products_found
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.shapes import plain_amount, shapes_of
from filo.operational.catalogue.queries.stocked import BY_STOCK, stock_rows
from filo.operational.catalogue.services.counting import arrive, count
from filo.operational.catalogue.services.products import (
    change_product,
    create_product,
    delete_product,
    set_product_text,
)
from filo.operational.catalogue.services.variants import save_variants

router = Router(tags=["products"])
Condition = Literal["new", "limited", "second-hand"]
Status = Literal["draft", "active", "retired"]


class Amount(Body):
    """A sum of money."""

    amount: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    currency: str = Field("EUR", min_length=3, max_length=3)


class VariantBody(Body):
    """A variant; in a change the one with this `id` or `sku` is meant, others are new."""

    id: UUID | None = None
    sku: str = Field("", max_length=60)
    barcode: str = Field("", max_length=20)
    values: dict[str, str] = Field(default_factory=dict)
    price: Amount | None = None
    cost: Amount | None = None
    weight: Decimal | None = Field(None, ge=0)
    active: bool = True


class ProductBody(Body):
    """A product; without variants it has one, with the product's code."""

    code: str = Field("", max_length=60)
    name: str = Field("", max_length=200)
    description: str = Field("", max_length=20_000)
    brand: str = Field("", max_length=80)
    category: str = Field("", max_length=120)
    company: str | None = Field(None, description="A selling company, by its code; null: all of them.")
    line: str | None = Field(None, description="A product line, by its code.")
    vat: str | None = Field(None, description="A VAT class, by its code; without one the first.")
    unit: str = Field("pc", max_length=8)
    condition: Condition = "new"
    status: Status = "active"
    attributes: list[str] = Field(default_factory=list, max_length=6)
    facts: dict[str, str] = Field(default_factory=dict)
    stocked: bool = True
    low_at: int | None = Field(None, ge=0)
    reserved: bool = False
    visible_from: date | None = None
    visible_until: date | None = None
    texts: dict[Literal["it", "en"], dict[Literal["name", "description"], str]] = Field(default_factory=dict)
    variants: list[VariantBody] = Field(default_factory=list, max_length=1_000)


class AmountShape(Shape):
    """A sum of money."""

    amount: str
    currency: str


class VariantShape(Shape):
    """A variant. `cost` is null for who may not see it; `on_hand` and `free` are null for what is not stocked."""

    id: UUID
    sku: str
    barcode: str
    values: dict[str, str]
    price: AmountShape | None
    cost: AmountShape | None
    weight: str | None
    active: bool
    on_hand: str | None
    free: str | None


class ProductShape(Shape):
    """A product with its variants."""

    id: UUID
    code: str
    name: str
    description: str
    brand: str
    category: str
    company: str | None
    line: str | None
    vat: str
    vat_rate: str
    unit: str
    condition: Condition
    status: Status
    attributes: list[str]
    facts: dict[str, str]
    stocked: bool
    low_at: int | None
    reserved: bool
    visible_from: date | None
    visible_until: date | None
    texts: dict[str, dict[str, str]]
    variants: list[VariantShape]
    created_at: datetime
    updated_at: datetime
    version: int


class ProductList(Shape):
    """A page of products."""

    items: list[ProductShape]
    next: str | None
    count: int
    count_is_exact: bool


class StockShape(Shape):
    """How many of a variant are in a place, how many of them are promised to orders, how many are free."""

    variant: UUID
    sku: str
    place: str
    on_hand: str
    reserved: str
    free: str
    as_of: datetime | None


class StockList(Shape):
    """A page of stock."""

    items: list[StockShape]
    next: str | None
    count: int
    count_is_exact: bool


class StockBody(Body):
    """What is in a place (`set`), or what came in addition (`add`)."""

    sku: str = Field(max_length=60)
    place: str = Field(max_length=40, description="A stock place, by its code.")
    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=3)
    how: Literal["set", "add"] = "set"
    note: str = Field("", max_length=200)
    as_of: datetime | None = Field(None, description="How old the figure is, where it comes from elsewhere.")


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
        product = create_product(principal, _facts(sent), variants=_variants(body.variants))
        _texts(principal, product, sent["texts"])
    headers = {"Location": f"/api/v1/products/{product.pk}"}
    return versioned(request, _one(principal, product.pk), status=201, headers=headers)


@router.get("/products/{uuid:product_id}", response=ProductShape, summary="Read a product", openapi_extra=VERSIONED)
def get_product(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """One product."""
    return versioned(request, _one(require(request, "product", "view"), product_id))


@router.patch("/products/{uuid:product_id}", response=ProductShape, summary="Change a product", openapi_extra=VERSIONED)
def patch_product(request: ApiRequest, product_id: UUID, body: ProductBody) -> HttpResponse:
    """Only what is sent changes; variants that are not sent stay as they are."""
    principal = require(request, "product", "edit")
    product, sent = seen_product(principal, product_id), body.sent()
    version = version_to_write(request, product.version)
    try:
        with transaction.atomic():
            now = change_product(principal, product, _facts(sent), version=version)
            if body.variants:
                now = save_variants(principal, now, _variants(body.variants))
            _texts(principal, now, sent.get("texts") or {})
    except Stale as error:
        raise stale(_one(principal, product_id), sent, error) from None
    return versioned(request, _one(principal, product_id))


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
    return list_answer([_stock(row) for row in page.rows], page.next, counted)


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
    return _stock(stock_rows(principal, sku=variant.sku, place=found.code).get())


def _facts(sent: dict[str, Any]) -> dict[str, Any]:
    """As the verbs take them: codes become ids."""
    facts = {name: value for name, value in sent.items() if name not in ("variants", "texts", "company", "line", "vat")}
    models: tuple[tuple[str, Any], ...] = (("company", SellingCompany), ("line", ProductLine), ("vat", VatClass))
    for name, model in models:
        if name not in sent:
            continue
        code = sent[name]
        found = model.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise InvalidFields({name: _("There is nothing with the code “%(code)s”.") % {"code": code}})
        if found is not None or name != "vat":
            facts[f"{name}_id"] = found.pk if found else None
    return facts


def _variants(bodies: Sequence[VariantBody]) -> list[dict[str, Any]]:
    return [_variant(body) for body in bodies]


def _variant(body: VariantBody) -> dict[str, Any]:
    sent = body.sent()
    row = {name: value for name, value in sent.items() if name not in ("price", "cost")}
    for name in ("price", "cost"):
        if name in sent:
            money = getattr(body, name)
            row[name] = money.amount if money else None
            if money:
                row["currency"] = money.currency
    return row


def _texts(principal: Principal, product: Product, texts: dict[str, dict[str, str]]) -> None:
    for language, text in texts.items():
        known = ProductText.objects.filter(product=product, language=language).first()
        name = text.get("name", known.name if known else "")
        description = text.get("description", known.description if known else "")
        set_product_text(principal, product, language, name=name, description=description)


def _one(principal: Principal, product_id: UUID) -> dict[str, Any]:
    return shapes_of(principal, [seen_product(principal, product_id)])[0]


def _stock(row: Any) -> dict[str, Any]:
    return {
        "variant": row.variant_id,
        "sku": row.variant.sku,
        "place": row.place.code,
        "on_hand": plain_amount(row.on_hand),
        "reserved": plain_amount(row.reserved),
        "free": plain_amount(row.on_hand - row.reserved),
        "as_of": row.as_of,
    }
