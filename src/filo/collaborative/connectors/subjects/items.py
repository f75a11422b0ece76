"""What is sold: one row a code (SKU); rows that name the same parent are variants of one product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.subjects.base import Field, Ours, Refused, Subject, Values, number_text
from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Product, Variant, VatClass
from filo.operational.catalogue.services.products import change_product, create_product
from filo.operational.catalogue.services.variants import save_variants

_OF_PRODUCT = ("name", "description", "brand", "category")
_NUMBERS = ("price", "cost", "weight")
_VALUES = ("size", "colour")
_LISTED = ("sku", "product", "name", "description", "brand", "category", "barcode", "vat", "price", "cost", "weight")


class _Items(Subject):
    """The base price is of one unit, without VAT."""

    code, label = "items", _("Items")
    keys = ("sku",)
    gives = True
    listed = MappingProxyType({name: name for name in _LISTED})
    fields = (
        Field("sku", _("SKU"), ("codice", "codice articolo", "articolo", "cod. articolo", "item code", "item", "code")),
        Field(
            "product", _("Code of the parent"), ("padre", "codice padre", "modello", "parent", "parent sku", "model")
        ),
        Field("name", _("Name"), ("nome", "descrizione", "descrizione articolo", "title", "item name")),
        Field("description", _("Description"), ("descrizione estesa", "note", "long description", "testo")),
        Field("brand", _("Brand"), ("marca", "marchio")),
        Field("category", _("Category"), ("categoria", "famiglia", "gruppo merceologico", "family")),
        Field("size", _("Size"), ("taglia", "misura")),
        Field("colour", _("Colour"), ("colore", "color")),
        Field("barcode", _("Barcode"), ("ean", "ean13", "codice a barre", "gtin", "upc")),
        Field("vat", _("VAT rate"), ("iva", "aliquota", "aliquota iva", "vat rate", "tax rate"), "number"),
        Field("price", _("Base price"), ("prezzo", "prezzo base", "listino", "prezzo listino", "list price"), "number"),
        Field("cost", _("Cost"), ("costo", "costo ultimo", "prezzo acquisto", "purchase price"), "number"),
        Field("weight", _("Weight"), ("peso", "peso kg"), "number"),
        Field("active", _("On sale"), ("attivo", "in vendita", "enabled"), "yes-no"),
    )

    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """By their codes, whatever the case."""
        rows = Variant.objects.filter(sku_folded__in=keys, product__deleted_at=None).select_related("product__vat")
        return {row.sku_folded: Ours(f"{row.sku} · {row.product.name}", _values_of(row)) for row in rows}

    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """A new product, a new variant of one that is there, or what changed of either."""
        if ours is None:
            self._add(principal, values)
            return
        variant = Variant.objects.select_related("product").get(sku_folded=key)
        if facts := _facts(values):
            change_product(principal, variant.product, facts)
        if row := _row(values, variant.values):
            save_variants(principal, variant.product, [{"id": variant.pk, **row}])

    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Every variant of every product that is not in the bin."""
        rows = Variant.objects.filter(product__deleted_at=None).select_related("product__vat").order_by("pk")
        for row in rows.iterator(2000):
            yield row.sku_folded, _values_of(row)

    def changed(self, principal: Principal, since: datetime | None) -> Iterator[tuple[str, Values]]:
        """Variants of products that were written since."""
        if since is None:
            yield from self.all(principal)
            return
        rows = Variant.objects.filter(product__deleted_at=None, product__updated_at__gte=since)
        for row in rows.select_related("product__vat").order_by("pk").iterator(2000):
            yield row.sku_folded, _values_of(row)

    def _add(self, principal: Principal, values: Values) -> None:
        row = {"sku": values["sku"], **_row(values, {})}
        parent = values.get("product", "")
        known = Product.objects.filter(code__iexact=parent, deleted_at=None).first() if parent else None
        if known is not None:
            save_variants(principal, known, [row])
            return
        facts = _facts(values)
        if not facts.get("name"):
            raise Refused(_("A new item needs a name."))
        create_product(principal, {"code": parent or values["sku"], **facts}, variants=[row])


def _facts(values: Values) -> dict[str, Any]:
    facts: dict[str, Any] = {name: values[name] for name in _OF_PRODUCT if name in values}
    if facts.get("name") == "":
        raise Refused(_("A new item needs a name."))
    if rate := values.get("vat"):
        found = VatClass.objects.filter(rate=Decimal(rate), nature="", active=True).first()
        if found is None:
            raise Refused(_("There is no VAT class of %(rate)s %%.") % {"rate": rate})
        facts["vat_id"] = found.pk
    return facts


def _row(values: Values, known: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in _NUMBERS:
        if name in values:
            row[name] = Decimal(values[name]) if values[name] else None
    if "barcode" in values:
        row["barcode"] = values["barcode"]
    if "active" in values:
        row["active"] = values["active"] != "no"
    told = {name: values[name] for name in _VALUES if name in values}
    if any(told.values()):
        row["values"] = {**known, **told}
    return row


def _values_of(row: Variant) -> dict[str, str]:
    product = row.product
    return {
        "sku": row.sku,
        "product": product.code,
        **{name: getattr(product, name) for name in _OF_PRODUCT},
        **{name: str(row.values.get(name, "")) for name in _VALUES},
        **{name: number_text(getattr(row, name)) for name in _NUMBERS},
        "barcode": row.barcode,
        "vat": number_text(product.vat.rate),
        "active": "yes" if row.active else "no",
    }


SUBJECT = _Items()
