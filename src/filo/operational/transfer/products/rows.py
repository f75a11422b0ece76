"""The rows of a list of products in our words: which variant each is, of which product, and what it says of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, fold
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.transfer.cells import is_nothing, text_of
from filo.operational.transfer.products.columns import Meant
from filo.operational.transfer.products.facts import Reader
from filo.operational.transfer.products.reading import Table
from filo.operational.transfer.products.report import Report
from filo.operational.transfer.products.shops import find_variants, take_prices_of_parents

VARIANT, PARENT, BESIDE = "variant", "parent", "beside"
MOST_LETTERS = 60
_NO_CODE = re.compile(r"[^0-9A-Za-z.]+")


@dataclass
class Row:
    """A row in our words, or one size of it. kind: a variant, the parent of others, or beside them (a further picture).

    pieces: how many of each size, where sizes head columns. is_derived: its code is made of that of its product and
    its values. facts: what is written of the variant; stock: how many there are; refusal: why it cannot come in;
    notes: what else is told of it, as (column, sentence).
    """

    number: int
    sku: str
    product: str
    cells: dict[str, str]
    values: dict[str, str]
    pieces: dict[str, str] = field(default_factory=dict)
    kind: str = VARIANT
    is_derived: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    stock: Decimal | None = None
    refusal: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_parent(self) -> bool:
        """Whether others are variants of it."""
        return self.kind == PARENT

    @is_parent.setter
    def is_parent(self, value: bool) -> None:
        self.kind = PARENT if value else VARIANT


def groups_of(table: Table, report: Report, told: Meant, *, of_a_sheet: bool = False) -> list[list[Row]]:
    """The rows of each product together, in the order of the file; `told` says which column holds what.

    of_a_sheet: whether a program wrote its numbers. Raises `InvalidFields`.
    """
    if not told.fields.keys() & {"sku", "product"} or "name" not in told.fields:
        raise InvalidFields({"file": _("No column holds codes (SKU) and names: name them so in the first row.")})
    rows = list(_rows(table, told))
    _name_options(rows, table, told)
    find_variants(rows)
    _find_parents(rows)
    _name_kinds(rows)
    take_prices_of_parents(rows)
    reader = Reader(told, table.rows, of_a_sheet=of_a_sheet)
    groups: dict[str, list[Row]] = {}
    seen: set[str] = set()
    alike = _differ_by_values(rows)
    for row in rows:
        if refusal := _set_aside(row):
            report.reject(row.number, refusal)
            continue
        found = _with_codes(row, told, is_product=row.sku in alike)
        if refusal := _not_once(found, seen):
            report.duplicates += bool(found[0].sku)
            report.reject(row.number, refusal)
            continue
        seen.update(folded_sku(one.sku) for one in found if one.sku)
        for one in found:
            one.facts, one.stock, one.refusal, one.notes = reader.read(one.number, one.cells)
            groups.setdefault(one.product or one.sku, []).append(one)
    return list(_with_goods(groups.values(), report))


def _with_goods(groups: Iterable[list[Row]], report: Report) -> Iterator[list[Row]]:
    """The groups that hold more than pictures, in the order in which their product is told."""
    for group in groups:
        if any(row.kind != BESIDE for row in group):
            yield sorted(group, key=_order)
            continue
        for row in group:
            report.reject(row.number, _("The row has no code (SKU)."))


def _order(row: Row) -> tuple[bool, bool, bool]:
    """The parent first, then who names the product."""
    return row.kind != PARENT, row.kind == BESIDE, not row.cells.get("name")


def _rows(table: Table, told: Meant) -> Iterator[Row]:
    for number, cells in table.rows:
        said = {name: "" if is_nothing(cells[place]) else text_of(cells[place]) for name, place in told.fields.items()}
        values = {name: cells[place].strip() for name, place in told.attributes.items() if not is_nothing(cells[place])}
        for part in said.get("attributes", "").split(";"):
            name, colon, value = part.partition(":")
            if colon and value.strip():
                values[name.strip()] = value.strip()
        sku = clean_line(said.get("sku", ""), max_length=200)
        product = clean_line(said.get("product", ""), max_length=MOST_LETTERS)
        pieces = {size: cells[place].strip() for size, place in told.pieces.items() if not is_nothing(cells[place])}
        yield Row(number, sku, product, said, values, pieces)


def _name_options(rows: Sequence[Row], table: Table, told: Meant) -> None:
    """Numbered attributes: Shopify names them in the first row of a product only, and calls the one of a product
    without any *Title*.
    """
    names: dict[tuple[str, int], str] = {}
    for row, (_number, cells) in zip(rows, table.rows, strict=True):
        for number, pair in sorted(told.numbered.items()):
            if len(pair) < 2:
                continue
            name, value = cells[pair["name"]].strip(), cells[pair["value"]].strip()
            if name:
                names[row.product or row.sku, number] = name
            name = name or names.get((row.product or row.sku, number), "")
            if name and value and fold(value) != "default title":
                row.values[name] = value


def _find_parents(rows: Sequence[Row]) -> None:
    """A parent that is named by its number in the shop (`id:10`) is named by its code; who has none gets one of that
    number.
    """
    for row in rows:
        is_variation = "variation" in row.cells.get("type", "").casefold()
        if not row.sku and row.cells.get("row_id") and row.cells.get("type") and not is_variation:
            row.sku = f"ID-{row.cells['row_id']}"
    by_number = {row.cells["row_id"]: row.sku for row in rows if row.cells.get("row_id")}
    for row in rows:
        mark, colon, number = row.product.partition(":")
        if colon and fold(mark) == "id":
            row.product = by_number.get(number.strip()) or row.product


def _name_kinds(rows: Sequence[Row]) -> None:
    with_children = {row.product for row in rows if row.product and row.product != row.sku}
    for row in rows:
        is_variable = row.cells.get("type", "").casefold().startswith("variable")
        if is_variable or (row.sku in with_children and row.product in ("", row.sku) and not row.values):
            row.kind, row.product = PARENT, ""
        elif (
            row.product
            and not row.sku
            and not row.values
            and not any(row.cells.get(name) for name in ("name", "price", "barcode", "cost"))
        ):
            row.kind = BESIDE


def _set_aside(row: Row) -> str:
    """Why a row is no goods of ours; "" for those that are."""
    kinds = re.split(r"\W+", row.cells.get("type", "").casefold())
    if "grouped" in kinds or "bundle" in kinds:
        return _("%(sku)s only groups other products: those come in by their own rows.") % {"sku": row.sku}
    if "external" in kinds or "affiliate" in kinds:
        return _("%(sku)s is sold by another shop: it does not come into this catalogue.") % {"sku": row.sku}
    return ""


def _differ_by_values(rows: Sequence[Row]) -> set[str]:
    """Codes that stand in several rows, each with other values: they are codes of products."""
    found: dict[str, list[tuple[tuple[str, str], ...]]] = {}
    for row in rows:
        if row.sku:
            found.setdefault(row.sku, []).append(tuple(row.values.items()))
    return {sku for sku, said in found.items() if len(said) > 1 and all(said) and len(set(said)) == len(said)}


def _with_codes(row: Row, told: Meant, *, is_product: bool) -> list[Row]:
    """The row with the code of its variant; where columns are headed by sizes, one for each size that it has."""
    if row.kind != VARIANT:
        return [row]
    base = row.product or row.sku
    if row.pieces and base:
        of_each = row.pieces.items()
        return [_of_values(row, base, {**row.values, told.size: size}, stock=count) for size, count in of_each]
    if is_product or (not row.sku and base):
        return [_of_values(row, base, row.values)]
    return [row]


def _of_values(row: Row, base: str, values: dict[str, str], *, stock: str | None = None) -> Row:
    cells = dict(row.cells) if stock is None else {**row.cells, "stock": stock, "barcode": ""}
    parts = [base, *(_in_code(value) for value in values.values())]
    sku = "-".join(part for part in parts if part)[:MOST_LETTERS]
    return replace(row, sku=sku, product=base, cells=cells, values=values, is_derived=True)


def _in_code(value: str) -> str:
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    return _NO_CODE.sub("-", plain).strip("-").upper()


def _not_once(found: Sequence[Row], seen: set[str]) -> str:
    """Why these cannot come in by their codes; "" where they can."""
    if found[0].kind == BESIDE or (found[0].kind == PARENT and found[0].product and not found[0].sku):
        return ""
    if not found[0].sku:
        return _("The row has no code (SKU).")
    codes = [folded_sku(one.sku) for one in found]
    twice = next((one.sku for one, code in zip(found, codes, strict=True) if code in seen), "")
    return _("The code %(code)s stands in the file twice.") % {"code": twice} if twice else ""
