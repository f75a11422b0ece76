"""A list of the shop: narrowed, sorted and paged by what stands in its address."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

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
PAGE, COUNTED = 24, 1_000


def products_meant(shelf: Shelf, wish: Wish) -> QuerySet[Product]:
    """By words (also mistyped), codes and category alone: what the choices beside a list are made of."""
    rows = shelf.products
    if wish.category:
        rows = rows.filter(category=wish.category)
    if not wish.text:
        return rows
    exact = Variant.objects.filter(Q(sku_folded=folded_sku(wish.text)) | Q(barcode=wish.text[:20]))
    coded = rows.filter(Q(pk__in=exact.values("product")) | Q(code__iexact=wish.text))
    return coded if coded.exists() else narrowed(rows, wish.text)


def offers_found(shelf: Shelf, wish: Wish, meant: QuerySet[Product] | None = None) -> QuerySet[Offer]:
    """The offers that a wish names, without order."""
    products = products_meant(shelf, wish) if meant is None else meant
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
    return _within(Offer.objects.filter(product__in=products), wish.low, wish.high)


def page_found(found: QuerySet[Offer], wish: Wish, *, cursor: str = "", size: int = PAGE) -> Page[Offer]:
    """One page of them. Raises `BadRequest` for a cursor of another list."""
    rows = found.select_related("product").prefetch_related("product__texts")
    return page_of(rows, ORDERS[wish.sort], size=size, cursor=cursor)


def how_many(found: QuerySet[Offer]) -> Count:
    """As far as it matters."""
    return capped_count(found, cap=COUNTED)


def _left() -> QuerySet[Stock]:
    rows = Stock.objects.filter(variant__product=OuterRef("pk"), variant__active=True, place__active=True)
    return rows.filter(on_hand__gt=F("reserved"))


def _within(rows: QuerySet[Offer], low: Decimal | None, high: Decimal | None) -> QuerySet[Offer]:
    """Those with a variant in the span."""
    if low is not None:
        rows = rows.filter(high__gte=low)
    return rows if high is None else rows.filter(low__lte=high)
