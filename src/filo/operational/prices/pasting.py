"""Lines of a price list as they come from a spreadsheet: code, price, from how many. Each row that cannot be read is
named with its number and a reason; the others are not held up by it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from filo.foundation.amounts import read_number
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.prices.services.lists import RuleRow

MOST_ROWS = 200_000
LARGEST_UNPACKED = 256 * 1024 * 1024
HEADS = {
    "sku": {"sku", "codice", "code", "articolo", "cod", "item", "cod articolo", "codice articolo"},
    "price": {"price", "prezzo", "listino", "prezzo unitario", "unit price", "prezzo netto", "net price"},
    "start": {"from", "da", "quantity", "quantita", "quantità", "from quantity", "da quantita", "da quantità", "qta"},
}


@dataclass
class Pasted:
    """The lines that were read, and what is wrong with the others, by number of the row."""

    rows: list[RuleRow] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def cells_of_text(text: str) -> list[list[str]]:
    """Rows of cells, parted by tabs (as spreadsheets copy them), semicolons or commas."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = next((sign for sign in ("\t", ";") if sign in first), None)
    if sign is None:
        sign = "," if first.count(",") in (1, 2) and not first.split(",")[0].strip().replace(".", "").isdigit() else ";"
        sign = " " if sign == ";" and len(first.split()) in (2, 3) else sign
    return [row for row in csv.reader(io.StringIO(text), delimiter=sign, skipinitialspace=sign == " ") if any(row)]


def cells_of_file(content: bytes, name: str) -> list[list[str]]:
    """The same of a file: CSV, XLSX, ODS. Raises `InvalidFields`."""
    if not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        try:
            return cells_of_text(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return cells_of_text(content.decode("cp1252", errors="replace"))
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise ValueError
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [[_cell(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    except (CalamineError, ValueError, zipfile.BadZipFile):
        raise InvalidFields({"file": _("“%(name)s” cannot be read as a sheet.") % {"name": name[:80]}}) from None


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_lines(cells: Sequence[Sequence[str]]) -> Pasted:
    """What the rows say: by their heads where they have some, else code, price, from how many."""
    if len(cells) > MOST_ROWS:
        raise InvalidFields({"text": _("At most %(most)s rows at once.") % {"most": MOST_ROWS}})
    where, start = _columns(cells[0]) if cells else ({}, 0)
    found, skus = Pasted(), [_at(row, where, "sku") for row in cells[start:]]
    variants = _known({folded_sku(sku) for sku in skus if sku})
    seen: dict[tuple[str, Decimal], int] = {}
    for number, row in enumerate(cells[start:], start=start + 1):
        try:
            line = _line(row, where, variants)
        except ValueError as wrong:
            found.wrong.append((number, str(wrong)))
            continue
        if line is None:
            continue
        key = (line.key[0], line.key[1])
        if key in seen:
            found.wrong.append((number, _("The same stands in row %(row)s already.") % {"row": seen[key]}))
            continue
        seen[key] = number
        found.rows.append(line)
    return found


def _columns(head: Sequence[str]) -> tuple[dict[str, int], int]:
    """In which column what is, and whether the first row says so."""
    named = {
        what: place
        for what, words in HEADS.items()
        for place, cell in enumerate(head)
        if cell.strip().casefold().replace("_", " ") in words
    }
    if "sku" in named and "price" in named:
        return named, 1
    return {"sku": 0, "price": 1, "start": 2}, 0


def _at(row: Sequence[str], where: Mapping[str, int], what: str) -> str:
    place = where.get(what)
    return row[place].strip() if place is not None and place < len(row) else ""


def _known(skus: set[str]) -> dict[str, Variant]:
    found: dict[str, Variant] = {}
    wanted = sorted(skus)
    for first in range(0, len(wanted), 500):
        rows = Variant.objects.filter(sku_folded__in=wanted[first : first + 500], product__deleted_at=None)
        found |= {one.sku_folded: one for one in rows.only("pk", "sku", "sku_folded")}
    return found


def _line(row: Sequence[str], where: Mapping[str, int], variants: Mapping[str, Variant]) -> RuleRow | None:
    """One row; None for an empty one. Raises `ValueError` with a sentence."""
    sku, price, start = (_at(row, where, what) for what in ("sku", "price", "start"))
    if not (sku or price):
        return None
    variant = variants.get(folded_sku(sku))
    if variant is None:
        raise ValueError(_("There is no article with the code “%(sku)s”.") % {"sku": sku[:60]})
    try:
        value = read_number(price)
    except ValueError:
        raise ValueError(_("“%(text)s” is not a price.") % {"text": price[:40]}) from None
    try:
        quantity = read_number(start) if start else Decimal(1)
    except ValueError:
        raise ValueError(_("“%(text)s” is not a quantity.") % {"text": start[:40]}) from None
    if not 0 <= value < Decimal(10) ** 10:
        raise ValueError(_("A price cannot be less than nothing."))
    if not 0 < quantity < Decimal(10) ** 11:
        raise ValueError(_("A tier begins at more than nothing."))
    value, quantity = value.quantize(Decimal("0.0001")), quantity.quantize(Decimal("0.001"))
    return RuleRow(value, quantity, variant_id=variant.pk)
