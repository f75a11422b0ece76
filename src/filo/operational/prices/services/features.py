"""What plans can do, as features that are written for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Product
from filo.operational.prices.models import PlanFeature


def save_features(principal: Principal, product: Product, rows: list[Mapping[str, Any]]) -> list[PlanFeature]:
    """The rows of a product's comparison of plans, in their order, in place of those it had. Raises `Forbidden`,
    `InvalidFields`.
    """
    principal.require("price", "edit")
    names = [row["name"] for row in rows]
    if len(set(names)) != len(names):
        raise InvalidFields({"name": _("A feature stands once in the comparison.")})
    for row in rows:
        _refuse_feature(row)
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        before = list(PlanFeature.objects.filter(product=product).values_list("name", flat=True))
        PlanFeature.objects.filter(product=product).delete()
        made = [PlanFeature(product=product, position=place, **row) for place, row in enumerate(rows)]
        PlanFeature.objects.bulk_create(made)
        record(principal, "product.plans", kind="product", object_id=product.pk, changes={"plans": (before, names)})
    return made


def _refuse_feature(row: Mapping[str, Any]) -> None:
    if row.get("kind") != "number":
        return
    for value in row.get("values", {}).values():
        try:
            Decimal(str(value).replace(",", ".") or "0")
        except ArithmeticError:
            raise InvalidFields({"values": _("“%(value)s” is not a number.") % {"value": value}}) from None
