"""Products as programs read them: at the API and in files."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Sum

from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Product, Stock, Variant
from filo.operational.catalogue.quantities import quantity_words
from filo.operational.catalogue.queries.finding import sees_cost
from filo.operational.catalogue.queries.listing import by_product

_PLAIN = (
    *("id", "code", "name", "description", "brand", "category", "unit", "condition", "status", "attributes", "facts"),
    *("stocked", "low_at", "reserved", "visible_from", "visible_until", "created_at", "updated_at", "version"),
)


def plain_amount(value: Decimal) -> str:
    """A number for programs, without zeros at the end."""
    return quantity_words(value)


def shapes_of(principal: Principal, products: Sequence[Product]) -> list[dict[str, Any]]:
    """Products with their variants and what is in stock, in two more questions."""
    variants = by_product(Variant.objects.filter(product__in=[one.pk for one in products]))
    kept = [one.pk for product in products if product.stocked for one in variants[product.pk]]
    rows = Stock.objects.filter(variant__in=kept, place__active=True).order_by().values("variant")
    sums = {row["variant"]: row for row in rows.annotate(there=Sum("on_hand"), free=Sum(F("on_hand") - F("reserved")))}
    costs = sees_cost(principal)
    return [_product(one, variants[one.pk], sums, costs=costs) for one in products]


def _product(one: Product, variants: Sequence[Variant], sums: dict[UUID, Any], *, costs: bool) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _PLAIN} | {
        "company": one.company.code if one.company else None,
        "line": one.line.code if one.line else None,
        "vat": one.vat.code,
        "vat_rate": plain_amount(one.vat.rate),
        "texts": {text.language: {"name": text.name, "description": text.description} for text in one.texts.all()},
        "variants": [_variant(each, one, sums.get(each.pk), costs=costs) for each in variants],
    }


def _variant(one: Variant, product: Product, there: Any, *, costs: bool) -> dict[str, Any]:
    free, on_hand = (there["free"], there["there"]) if there else (ZERO, ZERO)
    return {
        "id": one.pk,
        "sku": one.sku,
        "barcode": one.barcode,
        "values": one.values,
        "price": _money(one.price, one.currency),
        "cost": _money(one.cost, one.currency) if costs else None,
        "weight": None if one.weight is None else plain_amount(one.weight),
        "active": one.active,
        "on_hand": plain_amount(on_hand) if product.stocked else None,
        "free": plain_amount(free) if product.stocked else None,
    }


def _money(amount: Decimal | None, currency: str) -> dict[str, str] | None:
    if amount is None:
        return None
    digits = 2 if amount == amount.quantize(Decimal("0.01")) else 4
    return {"amount": f"{amount:.{digits}f}", "currency": currency}
