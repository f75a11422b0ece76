"""A list of the shop: narrowed, sorted and paged by what stands in its address."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from filo.collaborative.shop.models import Offer
from filo.collaborative.shop.queries.shelves import Shelf
from filo.collaborative.shop.wish import Wish
from filo.foundation.web.paging import Count, Key, Page, capped_count, page_of
from filo.operational.catalogue.models import Product, ProductValue, Stock, Variant
from filo.operational.catalogue.queries.searching import folded_sku, narrowed

LAST = Key("product_id")
ORDERS: dict[str, tuple[Key, ...]] = {
    "popular": (Key("sold", descending=True), LAST),
    "new": (Key("since", descending=True), LAST),
    "price": (Key("low"), LAST),
    "-price": (Key("low", descending=True), LAST),
    "name": (Key("folded"), LAST),
}
PAGE, COUNTED = 24, 900


@dataclass(frozen=True)
class Found:
    """The offers that a wish names, without order, and how many they are as far as it matters."""

    rows: QuerySet[Offer]
    count: Count


def products_meant(shelf: Shelf, wish: Wish) -> QuerySet[Product]:
    """By words (also mistyped), codes and category alone: what the choices beside a list are made of."""
    rows = shelf.products
    if wish.category:
        rows = rows.filter(category=wish.category)
    if not wish.text:
        return rows
    coded = rows.filter(pk__in=_coded(wish.text))
    return _few(coded if coded.exists() else narrowed(rows, wish.text))


def offers_found(shelf: Shelf, wish: Wish, meant: QuerySet[Product] | None = None) -> Found:
    """Where they are few, they are read once and then known by their ids; where they are many, a page is read from the
    order of its list, each offer looked at until it is full.
    """
    products = _narrowed(products_meant(shelf, wish) if meant is None else meant, wish)
    if wish.text or wish.narrows or wish.category or shelf.catalogue:
        rows = _within(Offer.objects.filter(product__in=products), wish.low, wish.high)
        ids = list(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])
        if len(ids) <= COUNTED:
            return Found(Offer.objects.filter(pk__in=ids), Count(len(ids), exact=True))
    rows = _within(offers_among(products), wish.low, wish.high)
    return Found(rows, capped_count(rows, cap=COUNTED))


def offers_among(products: QuerySet[Product]) -> QuerySet[Offer]:
    """The offers of many products, for reading a few of them in some order."""
    return Offer.objects.filter(Exists(products.filter(pk=OuterRef("product"))))


def _narrowed(products: QuerySet[Product], wish: Wish) -> QuerySet[Product]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, value in wish.attributes:
        by_name[name].append(value)
    for name, values in by_name.items():
        products = products.filter(pk__in=ProductValue.objects.filter(name=name, value__in=values).values("product"))
    if wish.brands:
        products = products.filter(brand__in=wish.brands)
    if wish.conditions:
        products = products.filter(condition__in=wish.conditions)
    if wish.stocked:
        products = products.filter(Q(stocked=False) | Q(Exists(_left())))
    return products


def _coded(text: str) -> list[UUID]:
    """The products with this code, or with a variant of this code or barcode."""
    exact = Variant.objects.filter(sku_folded=folded_sku(text)).values_list("product", flat=True)
    named = Product.objects.alias(low=Lower("code")).filter(low=text.lower()).values_list("pk", flat=True)
    found = [*exact[:1], *named[:1]]
    if text.isdecimal():
        barcodes = Variant.objects.exclude(barcode="").filter(barcode=text[:20])
        found += barcodes.values_list("product", flat=True)[:50]
    return found


def _few(rows: QuerySet[Product]) -> QuerySet[Product]:
    """The same by their ids where they are few: they are asked for several times."""
    ids = list(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    return Product.objects.filter(pk__in=ids) if len(ids) <= COUNTED else rows


def page_found(found: QuerySet[Offer], wish: Wish, *, cursor: str = "", size: int = PAGE) -> Page[Offer]:
    """One page of them. Raises `BadRequest` for a cursor of another list."""
    rows = found.select_related("product").prefetch_related("product__texts")
    return page_of(rows, ORDERS[wish.sort], size=size, cursor=cursor)


def _left() -> QuerySet[Stock]:
    rows = Stock.objects.filter(variant__product=OuterRef("pk"), variant__active=True, place__active=True)
    return rows.filter(on_hand__gt=F("reserved"))


def _within(rows: QuerySet[Offer], low: Decimal | None, high: Decimal | None) -> QuerySet[Offer]:
    """Those with a variant in the span."""
    if low is not None:
        rows = rows.filter(high__gte=low)
    return rows if high is None else rows.filter(low__lte=high)
