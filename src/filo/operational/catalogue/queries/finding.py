"""What somebody who writes a line of a quote or an order means: variants by code, barcode or words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import get_language

from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO
from filo.foundation.search.typed import groups_of
from filo.operational.catalogue.models import Product, Stock, Variant
from filo.operational.catalogue.queries.ranking import best_first
from filo.operational.catalogue.queries.searching import MOST_TYPED, folded_sku, named_so, narrowed

MOST_PRODUCTS, MOST_CODES = 40, 200


@dataclass(frozen=True, slots=True)
class FoundVariant:
    """A variant as a line needs it; `name` in the reader's language, `values` in words (M, blue).

    price: the base price without VAT; cost: None for who may not see it. free: in stock and promised to nobody (None:
    not kept in stock).
    """

    variant_id: UUID
    product_id: UUID
    sku: str
    name: str
    values: str
    unit: str
    price: Decimal | None
    cost: Decimal | None
    currency: str
    vat_rate: Decimal
    nature: str
    company_id: UUID | None
    free: Decimal | None

    @property
    def label(self) -> str:
        """Name and values, as a line describes it."""
        return f"{self.name}, {self.values}" if self.values else self.name


def find_variants(
    principal: Principal, text: str, limit: int = 12, *, company_id: UUID | None = None
) -> list[FoundVariant]:
    """Variants on sale that this principal may see: first the exact code or barcode, then codes that begin so,
    then by words.

    `company_id`: those of one selling company, and those of none.
    """
    text = text.strip()[:MOST_TYPED]
    if not text or not principal.may("product", "view"):
        return []
    products = _sold(principal, company_id)
    found = _coded(products, named_so(text), limit)
    groups = groups_of(text)
    if len(found) < limit:
        begun = _coded(products, Q(sku_folded__begins=folded_sku(text)), limit)
        _add(found, sorted(begun, key=lambda one: (one.product.folded, one.product_id, one.position)), limit)
    if len(found) < limit and groups:
        near = list(narrowed(products, text).order_by("folded", "pk").values_list("pk", flat=True)[:MOST_PRODUCTS])
        rows = Variant.objects.filter(active=True, product__in=near)
        others = best_first(list(_with_product(rows)), near, groups, text)
        _add(found, others, limit)
    return told(principal, found)


def _add(found: list[Variant], others: Iterable[Variant], limit: int) -> None:
    known = {one.pk for one in found}
    found += [one for one in others if one.pk not in known][: limit - len(found)]


def variants_by_sku(
    principal: Principal, skus: Iterable[str], *, company_id: UUID | None = None
) -> dict[str, FoundVariant]:
    """The variants with these codes, by the code as it was asked: for lines pasted from a sheet."""
    asked = {folded_sku(sku): sku for sku in skus if sku.strip()}
    rows = _coded(_sold(principal, company_id), Q(sku_folded__in=asked), len(asked))
    return {asked[one.sku_folded]: found for one, found in _paired(principal, rows)}


def variants_by_id(principal: Principal, ids: Iterable[UUID]) -> dict[UUID, FoundVariant]:
    """The variants with these ids that this principal may see, sold or not: for lines that stand already."""
    rows = Variant.objects.filter(pk__in=list(ids), product__in=Product.objects.visible_to(principal))
    return {found.variant_id: found for found in told(principal, list(_with_product(rows)))}


def free_of(variants: Iterable[UUID]) -> dict[UUID, Decimal]:
    """How many of each variant are in stock and promised to nobody, in all places that are in use."""
    rows = Stock.objects.filter(variant__in=list(variants), place__active=True).values("variant")
    return {row["variant"]: row["free"] for row in rows.annotate(free=Sum(F("on_hand") - F("reserved")))}


def sees_cost(principal: Principal) -> bool:
    """Whether this principal may see what things cost the firm: whoever keeps products may."""
    return principal.may("product", "edit")


def told(principal: Principal, variants: Sequence[Variant]) -> list[FoundVariant]:
    """Variants, with their product fetched, as lines need them."""
    return [found for _variant, found in _paired(principal, variants)]


def _paired(principal: Principal, variants: Sequence[Variant]) -> list[tuple[Variant, FoundVariant]]:
    free = free_of(one.pk for one in variants if one.product.stocked) if variants else {}
    language, costs = get_language() or "it", sees_cost(principal)
    return [(one, _found(one, free, language, costs=costs)) for one in variants]


def _found(one: Variant, free: Mapping[UUID, Decimal], language: str, *, costs: bool) -> FoundVariant:
    product = one.product
    return FoundVariant(
        variant_id=one.pk,
        product_id=product.pk,
        sku=one.sku,
        name=product.name_in(language),
        values=one.told,
        unit=product.unit,
        price=one.price,
        cost=one.cost if costs else None,
        currency=one.currency,
        vat_rate=product.vat.rate,
        nature=product.vat.nature,
        company_id=product.company_id,
        free=free.get(one.pk, ZERO) if product.stocked else None,
    )


def _sold(principal: Principal, company_id: UUID | None) -> QuerySet[Product]:
    rows = Product.objects.visible_to(principal).filter(status="active")
    return rows.filter(Q(company=None) | Q(company=company_id)) if company_id else rows


def _coded(products: QuerySet[Product], coded: Q, limit: int) -> list[Variant]:
    """The first variants of these products with such codes. The codes are asked first, and alone: in a large catalogue
    an engine would go through all the products instead.
    """
    first = Variant.objects.filter(coded, active=True).order_by("sku_folded")
    pairs = list(first.values_list("pk", "product")[: max(limit, MOST_CODES)])
    sold = set(products.filter(pk__in={product for _pk, product in pairs}).values_list("pk", flat=True))
    found = Variant.objects.filter(pk__in=[pk for pk, product in pairs if product in sold][:limit])
    return list(_with_product(found).order_by("sku_folded"))


def _with_product(rows: QuerySet[Variant]) -> QuerySet[Variant]:
    return rows.select_related("product__vat").prefetch_related("product__texts")
