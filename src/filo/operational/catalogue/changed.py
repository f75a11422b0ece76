"""How changes of products, variants, stock, catalogues, VAT classes and places read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.foundation.organisation.models import ProductLine, SellingCompany
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

FIELDS: dict[str, Label] = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "name_en": gettext_lazy("Name in English"),
    "description_en": gettext_lazy("Description in English"),
    "name_it": gettext_lazy("Name in Italian"),
    "description_it": gettext_lazy("Description in Italian"),
    "brand": gettext_lazy("Brand"),
    "category": gettext_lazy("Category"),
    "company_id": gettext_lazy("Company"),
    "line_id": gettext_lazy("Product line"),
    "vat_id": gettext_lazy("VAT"),
    "unit": gettext_lazy("Unit of measure"),
    "condition": gettext_lazy("Condition"),
    "status": gettext_lazy("Status"),
    "attributes": gettext_lazy("Attributes"),
    "facts": gettext_lazy("Features"),
    "stocked": gettext_lazy("Kept in stock"),
    "low_at": gettext_lazy("Low stock at"),
    "reserved": gettext_lazy("In reserved catalogues only"),
    "visible_from": gettext_lazy("Shown from"),
    "visible_until": gettext_lazy("Shown until"),
    "deleted_at": gettext_lazy("In the bin since"),
    "image": gettext_lazy("Picture"),
    "image_words": gettext_lazy("What is on the picture"),
    "accessory": pgettext_lazy("a product goes with another as", "Accessory"),
    "alternative": pgettext_lazy("a product goes with another as", "Alternative"),
    "better": pgettext_lazy("a product goes with another as", "A step up"),
    "successor": pgettext_lazy("a product goes with another as", "Successor"),
}
VARIANT_FIELDS: dict[str, Label] = {
    "sku": gettext_lazy("SKU"),
    "barcode": gettext_lazy("Barcode"),
    "values": gettext_lazy("Attributes"),
    "price": gettext_lazy("Base price"),
    "cost": gettext_lazy("Cost"),
    "currency": gettext_lazy("Currency"),
    "weight": gettext_lazy("Weight in kg"),
    "position": gettext_lazy("Place in the list"),
    "active": gettext_lazy("In use"),
}
ACTIONS: dict[str, Label] = {
    "product.create": pgettext_lazy("a product", "Created"),
    "product.edit": pgettext_lazy("a product", "Changed"),
    "product.translate": pgettext_lazy("a product", "Told in another language"),
    "product.delete": pgettext_lazy("a product", "Moved to the bin"),
    "product.restore": pgettext_lazy("a product", "Taken out of the bin"),
    "product.add-image": pgettext_lazy("a product", "Picture added"),
    "product.remove-image": pgettext_lazy("a product", "Picture taken away"),
    "product.describe-image": pgettext_lazy("a product", "Picture described"),
    "product.order-images": pgettext_lazy("a product", "Pictures put in order"),
    "product.relate": pgettext_lazy("a product", "Put beside another"),
    "product.part": pgettext_lazy("a product", "No longer beside another"),
}
VARIANT_ACTIONS: dict[str, Label] = {
    "variant.create": pgettext_lazy("a variant", "Created"),
    "variant.edit": pgettext_lazy("a variant", "Changed"),
}
STOCK_ACTIONS: dict[str, Label] = {
    "stock.count": pgettext_lazy("stock", "Counted"),
    "stock.arrival": pgettext_lazy("stock", "Arrived"),
    "stock.moved": pgettext_lazy("stock", "Moved"),
    "stock.import": pgettext_lazy("stock", "Imported"),
    "stock.back-office": pgettext_lazy("stock", "Told by the back office"),
}
SETTING_ACTIONS: dict[str, dict[str, Label]] = {
    kind: {
        f"{kind}.create": pgettext_lazy("a setting", "Made"),
        f"{kind}.edit": pgettext_lazy("a setting", "Changed"),
    }
    for kind in ("vat", "place")
}
SETTING_FIELDS: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    "rate": gettext_lazy("Rate in percent"),
    "nature": gettext_lazy("Nature"),
    "law": gettext_lazy("Law"),
    "company": gettext_lazy("Company"),
    "position": gettext_lazy("Place in the list"),
    "active": gettext_lazy("In use"),
}
CATALOGUE_FIELDS: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "company_id": gettext_lazy("Company"),
    "chosen_by": gettext_lazy("Products by a filter"),
    "everybody": gettext_lazy("For everybody"),
    "for_whom": gettext_lazy("Customers by a filter"),
    "valid_from": gettext_lazy("Shown from"),
    "valid_to": gettext_lazy("Shown until"),
    "published": gettext_lazy("Published"),
    "link": gettext_lazy("Link"),
    "product": gettext_lazy("Product"),
    "guest": gettext_lazy("Guest"),
}
CATALOGUE_ACTIONS: dict[str, Label] = {
    "catalogue.create": pgettext_lazy("a catalogue", "Made"),
    "catalogue.edit": pgettext_lazy("a catalogue", "Changed"),
    "catalogue.put": pgettext_lazy("a catalogue", "Product put in"),
    "catalogue.take": pgettext_lazy("a catalogue", "Product taken out"),
    "catalogue.invite": pgettext_lazy("a catalogue", "Guest invited"),
    "catalogue.uninvite": pgettext_lazy("a catalogue", "Guest no longer invited"),
    "catalogue.new-link": pgettext_lazy("a catalogue", "Link made anew"),
    "catalogue.delete": pgettext_lazy("a catalogue", "Deleted"),
}
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
