"""The plans of a product side by side: its variants in columns, what they hold in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from filo.operational.catalogue.models import Product, Variant
from filo.operational.prices.models import PlanFeature
from filo.operational.prices.reckoned import version_of

YES = frozenset({"yes", "sì", "si", "1", "true", "x", "✓"})


@dataclass(frozen=True)
class PlanValue:
    """What one plan holds of a feature; `has` is None where it is not a matter of yes or no."""

    text: str
    has: bool | None = None


@dataclass(frozen=True)
class PlanRow:
    """One feature across the plans."""

    name: str
    kind: str
    unit: str
    values: Sequence[PlanValue]


@dataclass(frozen=True)
class PlanTable:
    """The comparison; without rows the product has no plans."""

    plans: Sequence[Variant]
    rows: Sequence[PlanRow]


def plans_of(product_id: UUID, language: str = "it") -> PlanTable:
    """The comparison of a product's plans in a language; two queries. For the page of the product and for shops."""
    features = list(PlanFeature.objects.filter(product=product_id))
    if not features:
        return PlanTable((), ())
    variants = list(Variant.objects.filter(product=product_id, active=True))
    return PlanTable(variants, [_row(one, variants, language) for one in features])


def _row(feature: PlanFeature, variants: Sequence[Variant], language: str) -> PlanRow:
    name = feature.name_en if language[:2] == "en" and feature.name_en else feature.name
    values = [_value(feature.kind, str(feature.values.get(str(one.pk), ""))) for one in variants]
    return PlanRow(name, feature.kind, feature.unit, values)


def _value(kind: str, text: str) -> PlanValue:
    return PlanValue("", text.strip().casefold() in YES) if kind == "yes-no" else PlanValue(text)


def version_of_plans(features: Sequence[PlanFeature]) -> int:
    """The version of a comparison, reckoned from its rows."""
    return version_of([(one.name, one.name_en, one.kind, one.unit, one.values) for one in features])


def features_of(product: Product) -> list[PlanFeature]:
    """The rows as they are kept, for whoever changes them."""
    return list(PlanFeature.objects.filter(product=product))
