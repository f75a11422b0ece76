"""What the plans of a product hold, at the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.folding import clean_line
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.prices.queries.plans import features_of, version_of_plans
from filo.operational.prices.services.features import save_features

router = Router(tags=["products"])
Kind = Literal["yes-no", "number", "text"]


class FeatureBody(Body):
    """One row of the comparison. values: by the code (SKU) of a variant, what it holds: `yes`, `10`, `by telephone`."""

    name: str = Field(max_length=120)
    name_en: str = Field("", max_length=120)
    kind: Kind = "yes-no"
    unit: str = Field("", max_length=20)
    values: dict[str, str] = Field({}, max_length=200)


class PlansBody(Body):
    """All rows, in their order, in place of those that stood there."""

    features: list[FeatureBody] = Field(max_length=60)


class FeatureShape(Shape):
    """One row of the comparison."""

    name: str
    name_en: str
    kind: Kind
    unit: str
    values: dict[str, str]


class PricePlanShape(Shape):
    """One plan: a variant that is sold."""

    id: UUID
    sku: str
    name: str


class PlansShape(Shape):
    """The plans of a product side by side."""

    plans: list[PricePlanShape]
    features: list[FeatureShape]
    version: int


@router.get(
    "/products/{uuid:product_id}/plans", response=PlansShape, summary="Read a product's plans", openapi_extra=VERSIONED
)
def get_plans(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """Its variants, and what each holds of every feature."""
    principal = require(request, "price", "view")
    return versioned(request, _told(seen_product(principal, product_id)))


@router.put(
    "/products/{uuid:product_id}/plans", response=PlansShape, summary="Write a product's plans", openapi_extra=VERSIONED
)
def put_plans(request: ApiRequest, product_id: UUID, body: PlansBody) -> HttpResponse:
    """All rows at once; the same again changes nothing."""
    principal = require(request, "price", "edit")
    product = seen_product(principal, product_id)
    now = _told(product)
    version = version_to_write(request, now["version"])
    try:
        save_features(principal, product, _rows(product, body.features), version=version)
    except Stale as error:
        raise stale(_told(product), body.model_dump(), error) from None
    return versioned(request, _told(product))


def _rows(product: Product, features: Sequence[FeatureBody]) -> list[dict[str, Any]]:
    known = {one.sku_folded: str(one.pk) for one in _plans(product)}
    rows, wrong = [], {}
    for place, one in enumerate(features):
        values = {}
        for sku, text in one.values.items():
            if folded_sku(sku) not in known:
                wrong[f"features.{place}.values"] = _("There is no article with the code “%(sku)s”.") % {"sku": sku}
            elif len(text) > 120:
                wrong[f"features.{place}.values"] = _("At most %(limit)s characters.") % {"limit": 120}
            elif told := clean_line(text, max_length=120):
                values[known[folded_sku(sku)]] = told
        names = {name: clean_line(getattr(one, name), max_length=120) for name in ("name", "name_en", "unit")}
        rows.append({**names, "kind": one.kind, "values": values})
    if wrong:
        raise InvalidFields(wrong)
    return rows


def _plans(product: Product) -> list[Variant]:
    return list(Variant.objects.filter(product=product, active=True))


def _told(product: Product) -> dict[str, Any]:
    plans, features = _plans(product), features_of(product)
    rows = [
        {
            **{name: getattr(one, name) for name in ("name", "name_en", "kind", "unit")},
            "values": {plan.sku: one.values[str(plan.pk)] for plan in plans if one.values.get(str(plan.pk))},
        }
        for one in features
    ]
    named = [{"id": one.pk, "sku": one.sku, "name": one.told} for one in plans]
    return {"plans": named, "features": rows, "version": version_of_plans(features)}
