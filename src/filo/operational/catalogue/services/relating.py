"""What goes with what: accessories, alternatives, what comes after."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import RELATIONS, Product, ProductRelation
from filo.operational.catalogue.services.changing import locked_product, tell_of, touch


def relate_products(principal: Principal, product: Product, other: Product, kind: str) -> None:
    """Say that another goes with it; twice changes nothing. Raises `Forbidden`, `InvalidFields`."""
    if kind not in dict(RELATIONS):
        raise InvalidFields({"kind": _("Choose one of: %(names)s.") % {"names": ", ".join(dict(RELATIONS))}})
    if product.pk == other.pk:
        raise InvalidFields({"other": _("A product does not go with itself: choose another.")})
    with transaction.atomic():
        locked = locked_product(principal, product)
        _row, is_new = ProductRelation.objects.get_or_create(product=locked, other=other, kind=kind)
        if is_new:
            _changed(principal, locked, "product.relate", {kind: (None, other.pk)})


def part_products(principal: Principal, product: Product, other: Product, kind: str) -> None:
    """Say that it does not after all. Raises `Forbidden`."""
    with transaction.atomic():
        locked = locked_product(principal, product)
        gone, _rows = ProductRelation.objects.filter(product=locked, other=other, kind=kind).delete()
        if gone:
            _changed(principal, locked, "product.part", {kind: (other.pk, None)})


def _changed(principal: Principal, locked: Product, action: str, changes: dict[str, tuple[object, object]]) -> None:
    touch(locked)
    record(principal, action, kind="product", object_id=locked.pk, changes=changes)
    tell_of(principal, locked.pk, ["relations"])
