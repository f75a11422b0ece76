"""All that the page of a product shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.queries import told_acts
from filo.foundation.errors import NotFound
from filo.foundation.money import ZERO
from filo.foundation.web.paging import Key, page_of
from filo.operational.catalogue.models import (
    DONE,
    CatalogueItem,
    Product,
    ProductImage,
    ProductRelation,
    Stock,
    StockMove,
    StockPlace,
    Variant,
    WantedPicture,
)
from filo.operational.catalogue.policies import PRODUCT_KEPT
from filo.operational.catalogue.queries.finding import sees_cost

NEWEST_FIRST = (Key("at", descending=True), Key("id", descending=True))
MOST_ACTS, MOST_MOVES = 30, 12


@dataclass(frozen=True)
class VariantRow:
    """A variant with what lies where; `margin` in percent of the price, None where one of the two is not known."""

    variant: Variant
    places: tuple[Stock | None, ...]
    on_hand: Decimal
    free: Decimal
    margin: Decimal | None

    @property
    def cells(self) -> list[str]:
        """Its values in the order of the product's attributes."""
        return [str(self.variant.values.get(name, "")) for name in self.variant.product.attributes]

    @property
    def is_low(self) -> bool:
        """Whether it is time to order more."""
        low = self.variant.product.low_at
        return low is not None and self.variant.product.stocked and self.variant.active and self.free <= low


@dataclass(frozen=True)
class ProductPage:
    """A product and what hangs on it."""

    product: Product
    rows: tuple[VariantRow, ...]
    places: tuple[StockPlace, ...]
    images: tuple[ProductImage, ...]
    wanted: tuple[WantedPicture, ...]
    relations: tuple[ProductRelation, ...]
    used_by: tuple[ProductRelation, ...]
    catalogues: tuple[CatalogueItem, ...]
    may_edit: bool
    sees_cost: bool


def seen_product(principal: Principal, product_id: UUID) -> Product:
    """The product with this id, if this principal may see it; also one in the bin for who may take it out.

    Raises `NotFound`.
    """
    rows = Product.objects.visible_to(principal)
    if principal.may("product", "delete"):
        rows = rows | Product.objects.in_the_bin(principal)
    found = rows.for_list().filter(pk=product_id).first()
    if found is None:
        raise NotFound
    return found


def margin_of(price: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """What is left of the price after the cost, in percent of the price."""
    if not price or cost is None:
        return None
    return ((price - cost) / price * 100).quantize(Decimal("0.1"))


def page_of_product(principal: Principal, product: Product) -> ProductPage:
    """Variants with stock by place, pictures, relations, catalogues."""
    variants = list(Variant.objects.filter(product=product))
    for one in variants:
        one.product = product
    places = tuple(StockPlace.objects.filter(active=True)) if product.stocked else ()
    stock = {(row.variant_id, row.place_id): row for row in Stock.objects.filter(variant__in=variants)}
    costs = sees_cost(principal)
    links = list(relations_of(principal, product))
    return ProductPage(
        product=product,
        rows=tuple(_row(one, places, stock, costs=costs) for one in variants),
        places=places,
        images=tuple(ProductImage.objects.filter(product=product)),
        wanted=tuple(WantedPicture.objects.filter(product=product).exclude(state=DONE)),
        relations=tuple(one for one in links if one.product_id == product.pk),
        used_by=tuple(one for one in links if one.other_id == product.pk),
        catalogues=tuple(CatalogueItem.objects.filter(product=product).select_related("catalogue")),
        may_edit=principal.may("product", "edit") and PRODUCT_KEPT.allows(principal, product),
        sees_cost=costs,
    )


def relations_of(principal: Principal, product: Product) -> QuerySet[ProductRelation]:
    """What goes with a product, and what it goes with, as far as one sees the other: asked of each of the few, not by a
    list of all that is seen.
    """
    seen = Product.objects.visible_to(principal)
    here = Q(product=product) & Exists(seen.filter(pk=OuterRef("other")))
    there = Q(other=product) & Exists(seen.filter(pk=OuterRef("product")))
    return ProductRelation.objects.filter(here | there).select_related("other", "product")


def _row(
    one: Variant, places: tuple[StockPlace, ...], stock: dict[tuple[UUID, UUID], Stock], *, costs: bool
) -> VariantRow:
    cells = tuple(stock.get((one.pk, place.pk)) for place in places)
    there = sum((cell.on_hand for cell in cells if cell), ZERO)
    promised = sum((cell.reserved for cell in cells if cell), ZERO)
    return VariantRow(one, cells, there, there - promised, margin_of(one.price, one.cost) if costs else None)


def acts_on(principal: Principal, product: Product) -> list[Any]:
    """What was changed of a product and its variants, the latest first, in words, with the way back."""
    variants = Variant.objects.filter(product=product).values("pk")
    entries = AuditEntry.objects.filter(
        Q(kind="product", object_id=product.pk) | Q(kind__in=("variant", "stock"), object_id__in=variants)
    )
    return told_acts(principal, page_of(entries, NEWEST_FIRST, size=MOST_ACTS).rows)


def moves_of(product: Product) -> list[StockMove]:
    """The latest of what came and went of it."""
    rows = StockMove.objects.filter(variant__product=product).select_related("variant", "place", "actor")
    return list(rows.order_by("-at", "-id")[:MOST_MOVES])
