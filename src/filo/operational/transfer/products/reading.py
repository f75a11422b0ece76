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

from filo.operational.transfer.converting import unfold
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.storing import Kept, keep
from filo.operational.transfer.writing import csv_lines

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
    if head.lstrip()[:1] in (b"[", b"{"):
        return _from_json(path)
    if b"\0" in head:
        return _from_sheet(path)
    return _from_text(path.read_bytes())


def as_table(kept: Kept) -> Kept:
    """JSON of products (ours, of shops, the fixtures of Saleor) kept as a text table in its place; all else as it is.

    Raises `Unreadable`.
    """
    with kept.path.open("rb") as file:
        if file.read(4096).lstrip()[:1] not in (b"[", b"{"):
            return kept
    table = _from_json(kept.path)
    lines = csv_lines(table.headers, (cells for _number, cells in table.rows), delimiter=";")
    return keep(line.encode() for line in lines)


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
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), [])
    things = [one for one in found if isinstance(one, dict)]
    if things and "model" in things[0] and "fields" in things[0]:
        rows = list(_of_saleor(things))
    else:
        rows = [row for one in things for row in _of_object(one)]
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return Table(headers, [(number, [row.get(name, "") for name in headers]) for number, row in enumerate(rows, 1)])


def _of_object(one: dict[str, Any]) -> Iterator[dict[str, str]]:
    """A product as our API and our export show it: a row for each of its variants; or a plain object."""
    variants = one.get("variants")
    if not isinstance(variants, list):
        yield {name: _text(value) for name, value in one.items()}
        return
    plain = ("name", "description", "brand", "category", "company", "unit", "condition", "status", "low_at")
    texts = one.get("texts") or {}
    same = {name: _text(one.get(name)) for name in plain} | {
        "product code": _text(one.get("code")),
        "vat": _text(one.get("vat")),
        "product line": _text(one.get("line")),
        "name en": _text((texts.get("en") or {}).get("name")),
        "description en": _text((texts.get("en") or {}).get("description")),
    }
    for variant in variants:
        values = variant.get("values") or {}
        yield same | {
            "sku": _text(variant.get("sku")),
            "barcode": _text(variant.get("barcode")),
            "base price": _text((variant.get("price") or {}).get("amount")),
            "cost": _text((variant.get("cost") or {}).get("amount")),
            "in stock": _text(variant.get("on_hand")),
            "weight": _text(variant.get("weight")),
            "attributes": "; ".join(f"{name}: {value}" for name, value in values.items()),
        }


def _of_saleor(things: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Variants of Saleor's fixtures, with the price of their first channel, their stock and attributes."""
    by_model: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for thing in things:
        by_model[thing["model"]][thing["pk"]] = thing["fields"]
    prices: dict[Any, dict[str, Any]] = {}
    for row in by_model["product.productvariantchannellisting"].values():
        if row["variant"] not in prices or row.get("currency") == "USD":
            prices[row["variant"]] = row
    stock: dict[Any, int] = defaultdict(int)
    for row in by_model["warehouse.stock"].values():
        stock[row["product_variant"]] += row["quantity"]
    for pk, variant in by_model["product.productvariant"].items():
        product = by_model["product.product"].get(variant["product"], {})
        category = by_model["product.category"].get(product.get("category"), {})
        price = prices.get(pk, {})
        yield {
            "sku": _text(variant.get("sku")) or f"saleor-{pk}",
            "product code": _text(product.get("slug")),
            "name": _text(product.get("name")),
            "description": _text(product.get("description_plaintext")),
            "category": _text(category.get("name")),
            "base price": _text(price.get("price_amount")),
            "currency": _text(price.get("currency")),
            "cost": _text(price.get("cost_price_amount")),
            "in stock": str(stock[pk]) if pk in stock else "",
            "attributes": f"Variante: {variant['name']}" if variant.get("name") else "",
        }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
