"""How shops tell which rows are variants of which product, where they do not name it in a column of parents.

Vendure says a product once and its variants below it; Wix and BigCommerce mark what each row is; Magento names the
variations of a product in the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Protocol

from filo.foundation.folding import fold

_OPTION = re.compile(r"(?:\[\w+\])?\s*([^=,\[\]]+)=(?:[^:,]*:)?([^,]+)")  # [S]Size=Small,[RB]Colour=Red


class Row(Protocol):
    """What of a row is looked at here, and said (see `rows.Row`)."""

    sku: str
    product: str
    cells: dict[str, str]
    values: dict[str, str]
    is_parent: bool


def find_variants(rows: Sequence[Row]) -> None:
    """Say of each row that is a variant of which product it is, and with which values."""
    if rows and "option_names" in rows[0].cells:
        _below_their_product(rows)
    _named_by_their_product(rows)
    _marked_as_variants(rows)


def take_prices_of_parents(rows: Sequence[Row]) -> None:
    """A variant without a price costs what its product does, and the surcharge that it names."""
    parents = {row.product or row.sku: row.cells.get("price", "") for row in rows if row.is_parent}
    for row in rows:
        if not row.is_parent and not row.cells.get("price") and (price := parents.get(row.product)):
            row.cells["price"] = _with_surcharge(price, row.cells.get("surcharge", ""))


def _with_surcharge(price: str, surcharge: str) -> str:
    try:
        return f"{Decimal(price) + Decimal(surcharge):f}"
    except InvalidOperation:
        return price


def _below_their_product(rows: Sequence[Row]) -> None:
    above, names = "", list[str]()
    for row in rows:
        if row.product:
            above, names = row.product, list(_parts(row.cells.get("option_names", "")))
        elif row.sku and not row.cells.get("name"):
            row.product = above
        row.values |= dict(zip(names, _parts(row.cells.get("option_values", "")), strict=False))
        for part in _parts(row.cells.get("facets", "")):
            name, _colon, value = part.partition(":")
            if fold(name) in ("category", "brand") and value.strip():
                row.cells[fold(name)] = value.strip()


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split("|") if part.strip())


def _named_by_their_product(rows: Sequence[Row]) -> None:
    parents = [row for row in rows if row.cells.get("variations")]
    by_sku = {row.sku: row for row in rows} if parents else {}
    for parent in parents:
        labels = _pairs(parent.cells.get("variation_labels", ""))
        for one in parent.cells["variations"].split("|"):
            values = _pairs(one)
            child = by_sku.get(values.pop("sku", ""))
            if child is not None and child is not parent:
                child.product = parent.sku
                child.values = {labels.get(name, name): value for name, value in values.items()}


def _pairs(text: str) -> dict[str, str]:
    """{color: Black} of "color=Black,size=XS"."""
    pairs = (part.partition("=") for part in text.split(","))
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def _marked_as_variants(rows: Sequence[Row]) -> None:
    parent: Row | None = None
    for row in rows:
        mark = fold(row.cells.get("type", ""))
        if mark == "product":
            parent = row
            row.values.clear()  # all that there are, not those of one
        elif parent is not None and mark in ("variant", "sku"):
            row.product = parent.product or parent.sku
            parent.is_parent = True
            if mark == "sku":
                said = _OPTION.findall(row.cells.get("name", ""))
                row.values |= {name.strip(): value.strip() for name, value in said}
                row.cells["name"] = ""
