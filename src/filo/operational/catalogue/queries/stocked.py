"""What lies where: rows of stock narrowed by place and by what is low, and the journal."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from filo.foundation.access.principal import Principal
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.catalogue.models import Product, Stock, StockMove, Variant
from filo.operational.catalogue.queries.searching import folded_sku, narrowed

BY_CODE = (Key("sku_folded"), Key("id"))
BY_STOCK = (Key("id"),)
LATEST = (Key("at", descending=True), Key("id", descending=True))


def stocked_variants(
    principal: Principal, *, text: str = "", place_id: UUID | None = None, low: bool = False
) -> QuerySet[Variant]:
    """Variants kept in stock, with `there` (in stock) and `promised` in one place or in all."""
    products = Product.objects.visible_to(principal).filter(stocked=True).exclude(status="draft")
    rows = Variant.objects.filter(active=True)
    if text.strip():
        exact = rows.filter(Q(sku_folded=folded_sku(text)) | Q(barcode=text.strip()[:20]), product__in=products)
        rows = exact if exact.exists() else rows.filter(product__in=narrowed(products, text))
    else:
        rows = rows.filter(product__in=products)
    stock = Stock.objects.filter(variant=OuterRef("pk"), place__active=True)
    stock = stock.filter(place=place_id) if place_id else stock
    none = Decimal(0)

    def summed(column: str) -> Coalesce:
        sums = stock.order_by().values("variant").annotate(total=Sum(column)).values("total")
        return Coalesce(Subquery(sums), none)

    rows = rows.annotate(there=summed("on_hand"), promised=summed("reserved"))
    if low:
        rows = rows.filter(product__low_at__isnull=False, there__lte=F("promised") + F("product__low_at"))
    return rows.select_related("product").prefetch_related("product__texts")


def page_of_stock(rows: QuerySet[Variant], *, size: int, cursor: str) -> Page[Variant]:
    """One page, by code."""
    return page_of(rows, BY_CODE, size=size, cursor=cursor)


def page_of_moves(principal: Principal, *, place_id: UUID | None, size: int, cursor: str) -> Page[StockMove]:
    """What came and went, the latest first."""
    seen = Product.objects.visible_to(principal)
    rows = StockMove.objects.filter(variant__product__in=seen).select_related("variant__product", "place", "actor")
    rows = rows.filter(place=place_id) if place_id else rows
    return page_of(rows.prefetch_related("variant__product__texts"), LATEST, size=size, cursor=cursor)


def stock_rows(principal: Principal, *, sku: str = "", place: str = "") -> QuerySet[Stock]:
    """The rows of stock one sees, of one variant or one place where those are named."""
    seen = Product.objects.visible_to(principal)
    rows = Stock.objects.filter(variant__product__in=seen).select_related("variant", "place")
    rows = rows.filter(variant__sku_folded=folded_sku(sku)) if sku else rows
    return rows.filter(place__code=place) if place else rows
