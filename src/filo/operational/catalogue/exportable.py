"""What can be taken out of the catalogue: a line for each variant, in the columns that the import reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.web.chunks import ListInChunks
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.finding import sees_cost
from filo.operational.catalogue.queries.listing import SORTS, products_found
from filo.operational.catalogue.queries.shapes import shapes_of


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of products."""
    return ListInChunks(products_found(principal, asked.tree, asked.words), SORTS, asked.sort or "name")


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    found = Product.objects.visible_to(principal).for_list().in_bulk(list(ids))
    return shapes_of(principal, [found[key] for key in ids if key in found])


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[dict[str, Any]]:
    """A row for each variant, with what it has of its product."""
    return [{**one, "product": product} for product in _documents(principal, ids) for one in product["variants"]]


def _of_product(name: str) -> Any:
    return each(lambda row: row["product"][name])


def _amount(name: str) -> Any:
    return each(lambda row: row[name]["amount"] if row[name] else "")


def _english(name: str) -> Any:
    return each(lambda row: row["product"]["texts"].get("en", {}).get(name, ""))


def _attributes(row: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in row["values"].items())


def _columns(principal: Principal) -> Sequence[ExportColumn]:
    costs = [ExportColumn("cost", gettext_lazy("Cost"), _amount("cost"), "number")] if sees_cost(principal) else []
    return [
        ExportColumn("sku", gettext_lazy("SKU"), each(lambda row: row["sku"])),
        ExportColumn("product", gettext_lazy("Product code"), _of_product("code")),
        ExportColumn("name", gettext_lazy("Name"), _of_product("name")),
        ExportColumn("name_en", gettext_lazy("Name in English"), _english("name")),
        ExportColumn("attributes", gettext_lazy("Attributes"), each(_attributes)),
        ExportColumn("price", gettext_lazy("Base price"), _amount("price"), "number"),
        *costs,
        ExportColumn("vat", gettext_lazy("VAT"), _of_product("vat")),
        ExportColumn("category", gettext_lazy("Category"), _of_product("category")),
        ExportColumn("brand", gettext_lazy("Brand"), _of_product("brand")),
        ExportColumn("line", gettext_lazy("Product line"), _of_product("line")),
        ExportColumn("company", gettext_lazy("Company"), _of_product("company")),
        ExportColumn("unit", gettext_lazy("Unit of measure"), _of_product("unit")),
        ExportColumn("condition", gettext_lazy("Condition"), _of_product("condition")),
        ExportColumn("status", gettext_lazy("Status"), _of_product("status")),
        ExportColumn("barcode", gettext_lazy("Barcode"), each(lambda row: row["barcode"])),
        ExportColumn("stock", gettext_lazy("In stock"), each(lambda row: row["on_hand"] or ""), "number"),
        ExportColumn("active", gettext_lazy("In use"), each(lambda row: "1" if row["active"] else "0")),
        ExportColumn("description", gettext_lazy("Description"), _of_product("description")),
        ExportColumn("description_en", gettext_lazy("Description in English"), _english("description")),
    ]


declare(
    Exportable(
        code="products",
        label=gettext_lazy("Products"),
        stem=gettext_lazy("products"),
        rights=(("party", "export"), ("product", "view")),
        filters=PRODUCT_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
