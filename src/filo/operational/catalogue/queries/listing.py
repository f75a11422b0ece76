"""A list of products: narrowed, sorted, paged and counted, for pages and API alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count as RowCount
from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.money import ZERO
from filo.foundation.search.typed import groups_of
from filo.foundation.web.paging import Count, Key, Page, cap_for, capped_count, page_of
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Product, ProductImage, Stock, Variant
from filo.operational.catalogue.queries.searching import MOST_TYPED, called, named_so

SORTS = {
    "name": (Key("folded"), Key("id")),
    "-name": (Key("folded", descending=True), Key("id", descending=True)),
    "-updated": (Key("updated_at", descending=True), Key("id", descending=True)),
    "updated": (Key("updated_at"), Key("id")),
}
SORT_LABELS = {"name": gettext_lazy("Name"), "-updated": gettext_lazy("Changed last")}


@dataclass(frozen=True)
class Row:
    """A product as a row: prices from and to, how many variants, how many are free and in stock, the first picture."""

    product: Product
    variants: int
    lowest: Decimal | None
    highest: Decimal | None
    currency: str
    sku: str
    free: Decimal
    on_hand: Decimal
    image_id: UUID | None


@dataclass(frozen=True)
class Found:
    """Products without order. counted: just as many rows, which can be counted from the words on: the cap is reached
    before all products with a common word have been brought together.
    """

    rows: QuerySet[Product]
    counted: QuerySet[Any, Any]


def products_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Product]:
    """The visible products that match, without order: by words, by the code or barcode of a variant.

    Raises `BadRequest` for an unknown filter.
    """
    return find_products(principal, tree, text).rows


def find_products(principal: Principal, tree: Tree | None, text: str) -> Found:
    """The same, with what counts them. Raises `BadRequest` for an unknown filter."""
    found = Product.objects.visible_to(principal).filter(compile_tree(tree, PRODUCT_FILTERS, principal))
    text = text.strip()
    if not text:
        return Found(found, found)
    exact = Variant.objects.filter(named_so(text))
    ids = list(exact.order_by().values_list("product", flat=True)[:50])
    if ids and (hit := found.filter(pk__in=ids)).exists():
        return Found(hit, hit)
    groups = groups_of(text[:MOST_TYPED])
    if not groups:
        return Found(found.none(), found.none())
    named = called(groups, text)
    return Found(found.filter(pk__among=named), named.filter(Exists(found.filter(pk=OuterRef("object_id")))))


def count_of_products(found: Found) -> Count:
    """How many there are, as far as products are counted."""
    return capped_count(found.counted, cap=cap_for(Product))


def page_of_products(found: QuerySet[Product], *, sort: str, size: int, cursor: str) -> Page[Product]:
    """One page of a list. Raises `BadRequest` for an unknown order."""
    keys = SORTS.get(sort)
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
    return page_of(found.for_list(), keys, size=size, cursor=cursor)  # type: ignore[attr-defined]


def rows_of(products: Sequence[Product]) -> list[Row]:
    """The same with prices, stock and pictures: three questions for a page."""
    ids = [product.pk for product in products]
    figures = (
        Variant.objects.filter(product__in=ids, active=True)
        .order_by()
        .values("product")
        .annotate(many=RowCount("pk"), lowest=Min("price"), highest=Max("price"), money=Min("currency"), one=Min("sku"))
    )
    prices: dict[UUID, dict[str, Any]] = {row["product"]: dict(row) for row in figures}
    stock = _stock_of(ids)
    images: dict[UUID, UUID] = {}
    for owner, image in ProductImage.objects.filter(product__in=ids).values_list("product", "pk"):
        images.setdefault(owner, image)
    none: dict[str, Any] = {"many": 0, "lowest": None, "highest": None, "money": "EUR", "one": ""}
    rows = []
    for product in products:
        found, there = prices.get(product.pk, none), stock.get(product.pk, (ZERO, ZERO))
        rows.append(
            Row(
                product,
                found["many"],
                found["lowest"],
                found["highest"],
                found["money"],
                found["one"],
                there[0],
                there[1],
                images.get(product.pk),
            )
        )
    return rows


def _stock_of(ids: Iterable[UUID]) -> dict[UUID, tuple[Decimal, Decimal]]:
    rows = Stock.objects.filter(variant__product__in=list(ids), place__active=True).order_by()
    sums = rows.values("variant__product").annotate(free=Sum(F("on_hand") - F("reserved")), there=Sum("on_hand"))
    return {row["variant__product"]: (row["free"], row["there"]) for row in sums}


def by_product(variants: Iterable[Variant]) -> dict[UUID, list[Variant]]:
    """Variants under the ids of their products."""
    found: dict[UUID, list[Variant]] = defaultdict(list)
    for one in variants:
        found[one.product_id].append(one)
    return found
