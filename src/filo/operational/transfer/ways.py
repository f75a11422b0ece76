"""How the cells of columns are written, as a whole file shows it: see `Column.format`."""

from __future__ import annotations

from collections.abc import Sequence

from filo.operational.transfer.contents import PROOFS, format_of
from filo.operational.transfer.gathering import ABROAD
from filo.operational.transfer.mapping import ADDRESS_PARTS, IDENTITY, Column
from filo.operational.transfer.naming import system_of
from filo.operational.transfer.surveying import Survey

MONTH_FIRST = "mdy"
_PARTS = frozenset(part.code for part in ADDRESS_PARTS)


def column_meaning(column: Column, field: str, source: str, values: Sequence[str], *, kind_of_own: str = "") -> Column:
    """A column that somebody gave a meaning, with the format that its cells show; the order of its days was found."""
    system = system_of(column.header, source) if field in (IDENTITY, "company_code") else ""
    system = column.system if field == column.field and column.system else system
    way = format_of(field, values, kind_of_own)
    is_day = field == "birth_date" or kind_of_own == "date"
    is_kept = not field or is_day
    if is_kept and column.format.endswith(MONTH_FIRST):
        way = f"{kind_of_own} {MONTH_FIRST}".strip()
    elif field.rpartition(".")[2] in _PARTS and column.format == ABROAD:
        way = ABROAD
    return Column(column.header, field, system, way)


def formatted(columns: list[Column], found: Survey) -> list[Column]:
    """Days whose column proves that the month stands first, numbers with a decimal point."""
    return [
        Column(column.header, column.field, column.system, _format(column, found, place))
        for place, column in enumerate(columns)
    ]


def _format(column: Column, found: Survey, place: int) -> str:
    if found.is_month_first(place) and (column.field in ("", "birth_date") or column.format == "date"):
        return f"{column.format} {MONTH_FIRST}".strip()
    return format_of(column.field, found.values(place), column.format)


def abroad(columns: list[Column], found: Survey) -> list[Column]:
    """Places of a file that names no country and shows that they are not in Italy."""
    parts = {column.field.rpartition(".")[2] for column in columns}
    if "country" in parts:
        return columns
    proofs = [
        proof
        for place, column in enumerate(columns)
        if (part := column.field.rpartition(".")[2]) in PROOFS
        and (proof := PROOFS[part](found.values(place))) is not None
    ]
    if not proofs or sum(proofs) * 2 <= len(proofs):
        return columns
    return [Column(c.header, c.field, c.system, ABROAD) if c.field.rpartition(".")[2] in _PARTS else c for c in columns]
