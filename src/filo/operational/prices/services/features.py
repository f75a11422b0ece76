"""What plans can do, as features that are written for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, Stale
from filo.operational.catalogue.models import Product
from filo.operational.prices.models import PlanFeature
from filo.operational.prices.queries.plans import version_of_plans


def save_features(
    principal: Principal, product: Product, rows: Sequence[Mapping[str, Any]], *, version: int | None = None
) -> list[PlanFeature]:
    """The rows of a product's comparison of plans, in their order, in place of those it had; the same again changes
    nothing. Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    principal.require("price", "edit")
    names = [row["name"] for row in rows]
    if not all(names):
        raise InvalidFields({"name": _("Say what it is called.")})
    if len(set(names)) != len(names):
        raise InvalidFields({"name": _("A feature stands once in the comparison.")})
    for row in rows:
        _refuse_feature(row)
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        there = list(PlanFeature.objects.filter(product=product))
        made = [PlanFeature(product=product, position=place, **row) for place, row in enumerate(rows)]
        if version is not None and version != version_of_plans(there):
            raise Stale({}, version=version_of_plans(there))
        if version_of_plans(made) == version_of_plans(there):
            return there
        PlanFeature.objects.filter(product=product).delete()
        PlanFeature.objects.bulk_create(made)
        rows_of = ([row_of(one) for one in there], [row_of(one) for one in made])
        changes = {"plans": ([one.name for one in there], names), "rows": rows_of}
        record(principal, "product.plans", kind="product", object_id=product.pk, changes=changes)
    return made


def row_of(feature: PlanFeature) -> dict[str, Any]:
    """A row as `save_features` takes it."""
    return {name: getattr(feature, name) for name in ("name", "name_en", "kind", "unit", "values")}


def _refuse_feature(row: Mapping[str, Any]) -> None:
    if row.get("kind") != "number":
        return
    for value in row.get("values", {}).values():
        try:
            is_number = Decimal(str(value).replace(",", ".") or "0").is_finite()
        except ArithmeticError:
            is_number = False
        if not is_number:
            raise InvalidFields({"values": _("“%(value)s” is not a number.") % {"value": value}})
