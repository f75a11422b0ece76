"""How changes of products, variants, stock, catalogues, VAT classes and places read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.labels import (
    ACTIONS,
    CATALOGUE_ACTIONS,
    CATALOGUE_FIELDS,
    FIELDS,
    SETTING_ACTIONS,
    SETTING_FIELDS,
    STOCK_ACTIONS,
    VARIANT_ACTIONS,
    VARIANT_FIELDS,
    WORDING_ACTIONS,
    WORDING_FIELDS,
)
from filo.operational.catalogue.models import (
    CONDITIONS,
    STATUSES,
    UNITS,
    Catalogue,
    Product,
    StockPlace,
    Variant,
    VatClass,
)

_CODES: dict[str, dict[str, Any]] = {
    "unit": dict(UNITS),
    "condition": dict(CONDITIONS),
    "status": dict(STATUSES),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("product", gettext_lazy("Products"), FIELDS, words=_of_products, actions=ACTIONS)
    show("variant", gettext_lazy("Variants of products"), VARIANT_FIELDS, words=_of_variants, actions=VARIANT_ACTIONS)
    stock_fields = {"on_hand": gettext_lazy("In stock"), "place_id": gettext_lazy("Place")}
    show("stock", gettext_lazy("Stock"), stock_fields, words=_of_variants, actions=STOCK_ACTIONS)
    show("vat", gettext_lazy("VAT classes"), SETTING_FIELDS, actions=SETTING_ACTIONS["vat"])
    show("place", gettext_lazy("Stock places"), SETTING_FIELDS, actions=SETTING_ACTIONS["place"])
    show("wording", gettext_lazy("Words of products"), WORDING_FIELDS, actions=WORDING_ACTIONS)
    show("catalogue", gettext_lazy("Catalogues"), CATALOGUE_FIELDS, words=_of_catalogues, actions=CATALOGUE_ACTIONS)


def _of_products(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    rows = Product.objects.visible_to(principal) | Product.objects.in_the_bin(principal)
    things = {
        row.pk: Thing(str(row), f"/products/{row.pk}") for row in rows.filter(pk__in=ids).prefetch_related("texts")
    }
    return Telling(_value(_names(principal, entries), hidden=()), things)


def _of_variants(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    rows = Variant.objects.filter(pk__in=ids, product__in=Product.objects.visible_to(principal))
    things = {row.pk: Thing(row.sku, f"/products/{row.product_id}") for row in rows}
    hidden = () if principal.may("product", "edit") else ("cost",)
    return Telling(_value(_names(principal, entries), hidden=hidden), things)


def _of_catalogues(_principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    rows = Catalogue.objects.filter(pk__in=[entry.object_id for entry in entries])
    things = {row.pk: Thing(row.name, f"/catalogues/{row.pk}") for row in rows}
    return Telling(_value({}, hidden=()), things)


def _value(names: dict[str, str], *, hidden: tuple[str, ...]) -> Any:
    def value(name: str, raw: Any) -> str | None:
        if name in hidden:
            return None
        if raw not in (None, "") and name in _CODES:
            return str(_CODES[name].get(str(raw), raw))
        if isinstance(raw, dict):
            return ", ".join(f"{key}: {one}" for key, one in raw.items())
        if isinstance(raw, list):
            return ", ".join(str(one) for one in raw)
        return names.get(str(raw)) or value_words(raw)

    return value


def _names(principal: Principal, entries: Sequence[AuditEntry]) -> dict[str, str]:
    """What ids among the values are called."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for name, pair in entry.changes.items():
            wanted.setdefault(name, set()).update(str(raw) for raw in pair if isinstance(raw, str) and raw)
    found: dict[str, str] = {}
    tables: tuple[tuple[str, Any], ...] = (
        ("company_id", SellingCompany.objects.all()),
        ("line_id", ProductLine.objects.all()),
        ("vat_id", VatClass.objects.all()),
        ("place_id", StockPlace.objects.all()),
    )
    for name, rows in tables:
        if ids := wanted.get(name):
            found |= {str(row.pk): row.name for row in rows.filter(pk__in=ids)}
    others = {one for kind in ("accessory", "alternative", "better", "successor") for one in wanted.get(kind, ())}
    if others:
        found |= {str(row.pk): row.name for row in Product.objects.visible_to(principal).filter(pk__in=others)}
    found.setdefault("True", _("yes"))
    found.setdefault("False", _("no"))
    return found
