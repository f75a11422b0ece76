"""What stands in the fields of the table of variants: what is kept, or what was typed and refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from filo.operational.catalogue.queries.page import VariantRow

NEW = "9999"  # the number of the empty row under the others


@dataclass(frozen=True)
class Written:
    """A row of the table: what is known of the variant, and the texts of its fields. quantity: of the stock form."""

    row: VariantRow | None
    sku: str = ""
    price: str = ""
    cost: str = ""
    barcode: str = ""
    cells: Sequence[str] = ()
    active: bool = True
    quantity: str = ""


def typed_amount(value: Decimal | None) -> str:
    """An amount as it stands in a field that can be written over."""
    if value is None:
        return ""
    digits = 2 if value == value.quantize(Decimal("0.01")) else 4
    return str(number_format(value, digits, use_l10n=True, force_grouping=False))


def written_rows(
    rows: Iterable[VariantRow], typed: Sequence[Mapping[str, Any]] = (), stock: Mapping[str, str] | None = None
) -> list[Written]:
    """All variants of a product, as they are kept where nothing else was typed."""
    by_id = {one["id"]: one for one in typed if one["id"]}
    return [_written(row, by_id.get(str(row.variant.pk)), (stock or {}).get(f"q-{row.variant.pk}", "")) for row in rows]


def _written(row: VariantRow, typed: Mapping[str, Any] | None, quantity: str) -> Written:
    one = row.variant
    if typed is not None:
        return _as_typed(row, typed, quantity)
    texts = (one.sku, typed_amount(one.price), typed_amount(one.cost), one.barcode)
    return Written(row, *texts, row.cells, one.active, quantity)


def new_row(attributes: Sequence[str], typed: Sequence[Mapping[str, Any]] = ()) -> Written:
    """The row for a further variant."""
    found = next((one for one in typed if not one["id"]), None)
    return _as_typed(None, found, "") if found else Written(None, cells=[""] * len(attributes))


def _as_typed(row: VariantRow | None, typed: Mapping[str, Any], quantity: str) -> Written:
    sku, price, cost, barcode = (str(typed[name]) for name in ("sku", "price", "cost", "barcode"))
    return Written(row, sku, price, cost, barcode, typed["cells"], typed["active"], quantity)
