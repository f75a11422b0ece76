"""What lies where: rows of stock narrowed by place and by what is low, and the journal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from filo.foundation.access.principal import Principal
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.catalogue.models import Product, Stock, StockMove, Variant
from filo.operational.catalogue.queries.searching import folded_sku, named_so, narrowed

BY_CODE = (Key("sku_folded"), Key("id"))
BY_STOCK = (Key("id"),)
LATEST = (Key("at", descending=True), Key("id", descending=True))


def stocked_variants(
    principal: Principal, *, text: str = "", place_id: UUID | None = None, low: bool = False
) -> QuerySet[Variant]:
    """Variants kept in stock; with what is there (see `with_stock`) only where `low` asks for it."""
    products = Product.objects.visible_to(principal).filter(stocked=True).exclude(status="draft")
    rows = Variant.objects.filter(active=True)
    if text.strip():
        exact = rows.filter(named_so(text), product__in=products)
        rows = exact if exact.order_by().exists() else rows.filter(product__in=narrowed(products, text))
    else:  # asked of each variant, in the order of codes: a page needs fifty of them
        rows = rows.filter(Exists(products.filter(pk=OuterRef("product"))))
    if low:
        there: Any = with_stock(rows, place_id)
        rows = there.filter(product__low_at__isnull=False, there__lte=F("promised") + F("product__low_at"))
    return rows.select_related("product").prefetch_related("product__texts")


def with_stock(rows: QuerySet[Variant], place_id: UUID | None) -> QuerySet[Variant]:
    """The same with `there` (in stock) and `promised` in one place or in all."""
    stock = Stock.objects.filter(variant=OuterRef("pk"), place__active=True)
    stock = stock.filter(place=place_id) if place_id else stock

    def summed(column: str) -> Coalesce:
        sums = stock.order_by().values("variant").annotate(total=Sum(column)).values("total")
        return Coalesce(Subquery(sums), Decimal(0))

    return rows.annotate(there=summed("on_hand"), promised=summed("reserved"))


def page_of_stock(rows: QuerySet[Variant], *, place_id: UUID | None, size: int, cursor: str) -> Page[Variant]:
    """One page, by code, with what is there."""
    there = rows if "there" in rows.query.annotations else with_stock(rows, place_id)
    return page_of(there, BY_CODE, size=size, cursor=cursor)


def page_of_moves(principal: Principal, *, place_id: UUID | None, size: int, cursor: str) -> Page[StockMove]:
    """What came and went, the latest first."""
    rows = stock_moves(principal).select_related("variant__product", "place", "actor")
    rows = rows.filter(place=place_id) if place_id else rows
    return page_of(rows.prefetch_related("variant__product__texts"), LATEST, size=size, cursor=cursor)


def stock_moves(
    principal: Principal, *, sku: str = "", place: str = "", product_id: UUID | None = None
) -> QuerySet[StockMove]:
    """The lines of the journal one sees, of one variant, one place or one product where those are named."""
    seen = Product.objects.visible_to(principal)
    rows = StockMove.objects.filter(variant__product__in=seen.filter(pk=product_id) if product_id else seen)
    rows = rows.filter(variant__sku_folded=folded_sku(sku)) if sku else rows
    rows = rows.filter(place__code=place) if place else rows
    return rows.select_related("variant", "place")


def stock_rows(principal: Principal, *, sku: str = "", place: str = "") -> QuerySet[Stock]:
    """The rows of stock one sees, of one variant or one place where those are named."""
    seen = Product.objects.visible_to(principal)
    rows = Stock.objects.filter(variant__product__in=seen).select_related("variant", "place")
    rows = rows.filter(variant__sku_folded=folded_sku(sku)) if sku else rows
    return rows.filter(place__code=place) if place else rows
