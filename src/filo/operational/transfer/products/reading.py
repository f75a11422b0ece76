"""Files of products as rows of text under headers: CSV of any encoding, sheets, JSON, and the fixtures of Saleor."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.operational.prices.exchange import EURO
from filo.operational.prices.queries.shelf import rates_on
from filo.operational.transfer.converting import unfold
from filo.operational.transfer.products.objects import are_products, listed, rows_of_object, said
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.storing import Kept, keep
from filo.operational.transfer.writing import csv_lines

_BEFORE = b"\xef\xbb\xbf \t\r\n"
LARGEST, MOST_ROWS = 200 * 1024 * 1024, 1_000_000


@dataclass(frozen=True)
class Table:
    """Headers, and rows with the number that a spreadsheet shows."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(path: Path) -> Table:
    """The rows of a file. Raises `Unreadable`."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(_("This file is too large."), code="too-large")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.lstrip(_BEFORE)[:1] in (b"[", b"{"):
        return _from_json(path)
    if b"\0" in head:
        return _from_sheet(path)
    return _from_text(path.read_bytes())


def as_table(kept: Kept, *, is_sure: bool) -> Kept:
    """JSON of products (ours, of shops, the fixtures of Saleor) kept as a text table in its place; all else as it is.

    is_sure: whether somebody said that these are products; else it has to be seen. Raises `Unreadable`.
    """
    lines = json_as_text(kept.path, is_sure=is_sure)
    return kept if lines is None else keep(lines)


def json_as_text(path: Path, *, is_sure: bool) -> Iterator[bytes] | None:
    """The lines of the text table that JSON of products becomes; None for what is none. Raises `Unreadable`."""
    with path.open("rb") as file:
        if file.read(4096).lstrip(_BEFORE)[:1] not in (b"[", b"{"):
            return None
    if not is_sure and not _shows_products(path):
        return None
    table = _from_json(path)
    lines = csv_lines(table.headers, (cells for _number, cells in table.rows), delimiter=";")
    return (line.encode() for line in lines)


def _from_sheet(path: Path) -> Table:
    """A sheet is unfolded in a process of its own, beside a copy that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "original"
        shutil.copyfile(path, copy)
        return _from_text(unfold(copy).path.read_bytes())


def _from_text(content: bytes) -> Table:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(";\t,|", key=first.count)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Unreadable(_("This file cannot be read as a table."), code="no-table") from None
    if not records:
        raise Unreadable(_("There is nothing in this file."), code="empty")
    width = len(records[0])
    rows = [
        (number, [*cells, *[""] * (width - len(cells))])
        for number, cells in enumerate(records[1:MOST_ROWS], 2)
        if any(cell.strip() for cell in cells)
    ]
    return Table([header.strip() for header in records[0]], rows)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _from_json(path: Path) -> Table:
    try:
        found = json.loads(_decoded(path.read_bytes()))
    except (ValueError, RecursionError):
        raise Unreadable(_("This file cannot be read: it is not complete JSON."), code="no-table") from None
    things = listed(found)
    if things and "model" in things[0] and "fields" in things[0]:
        rows = list(_of_saleor(things))
    else:
        rows = [row for one in things for row in rows_of_object(one)]
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return Table(headers, [(number, [row.get(name, "") for name in headers]) for number, row in enumerate(rows, 1)])


def _of_saleor(things: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Variants of Saleor's fixtures, with stock, attributes, and a price in euro, or one that can be told in euro."""
    by_model: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for thing in things:
        by_model[thing["model"]][thing["pk"]] = thing["fields"]
    prices: dict[Any, dict[str, Any]] = {}
    listings = by_model["product.productvariantchannellisting"].values()
    convertible = rates_on(clock.today(), {str(row.get("currency")) for row in listings}).known
    known = (EURO, *convertible)
    for row in sorted(listings, key=lambda row: (row.get("currency") not in known, row.get("channel") or 0)):
        if row["variant"] not in prices or (row.get("currency") == EURO != prices[row["variant"]].get("currency")):
            prices[row["variant"]] = row
    stock: dict[Any, int] = defaultdict(int)
    for row in by_model["warehouse.stock"].values():
        stock[row["product_variant"]] += row["quantity"]
    for pk, variant in by_model["product.productvariant"].items():
        product = by_model["product.product"].get(variant["product"], {})
        category = by_model["product.category"].get(product.get("category"), {})
        price = prices.get(pk, {})
        yield {
            "sku": said(variant.get("sku")) or f"saleor-{pk}",
            "product code": said(product.get("slug")),
            "name": said(product.get("name")),
            "description": said(product.get("description_plaintext")),
            "category": said(category.get("name")),
            "base price": said(price.get("price_amount")),
            "currency": said(price.get("currency")),
            "cost": said(price.get("cost_price_amount")),
            "in stock": str(stock[pk]) if pk in stock else "",
            "attributes": f"Variante: {variant['name']}" if variant.get("name") else "",
        }


def _shows_products(path: Path) -> bool:
    """Whether the objects of JSON are products; what is broken is told by whoever reads it."""
    try:
        return are_products(listed(json.loads(_decoded(path.read_bytes()))))
    except (ValueError, RecursionError):
        return False
