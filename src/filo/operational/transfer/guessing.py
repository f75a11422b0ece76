"""What the columns of a file mean, by their headers and, where these say nothing, by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from filo.foundation.folding import fold
from filo.foundation.italy.comuni import comuni_of_postal_code
from filo.foundation.italy.contact import is_pec, normalise_phone
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.places import find_comune, province_code
from filo.foundation.italy.tax import clean_codice_fiscale, clean_vat
from filo.foundation.italy.titles import find_title
from filo.operational.transfer.cells import is_nothing
from filo.operational.transfer.mapping import (
    IDENTITY,
    Column,
    field_named_by,
    is_identifier_name,
    system_of,
)
from filo.operational.transfer.reading import Shape, read_rows

SAMPLE = 200
LONGEST_CODE = 64
TRACKED = 200_000
MOST = 0.8


@dataclass
class Survey:
    """What one reading of the whole file tells: how many rows, the first of them, which columns are unique."""

    total: int = 0
    sample: list[list[str]] = field(default_factory=list)
    unique: list[bool] = field(default_factory=list)


def survey(path: Path, shape: Shape) -> Survey:
    """Read the file once from end to end. Raises `Unreadable`."""
    found = Survey(unique=[is_identifier_name(header) for header in shape.headers])
    seen: list[set[str]] = [set() for _header in shape.headers]
    for _number, cells in read_rows(path, shape):
        found.total += 1
        if len(found.sample) < SAMPLE:
            found.sample.append(cells)
        for place, is_unique in enumerate(found.unique):
            cell = cells[place].strip() if is_unique else ""
            if not cell or is_nothing(cell) or len(seen[place]) >= TRACKED:
                continue
            if len(cell) > LONGEST_CODE or cell in seen[place]:
                found.unique[place] = False
                seen[place] = set()
            else:
                seen[place].add(cell)
    for place, codes in enumerate(seen):
        found.unique[place] = found.unique[place] and bool(codes)
    return found


def guess_kind(headers: Sequence[str]) -> str:
    """People when a header speaks of a given or family name, else organisations."""
    telling = {"given_name", "family_name", "full_name", "name_reversed", "birth_date"}
    named = [field_named_by(header, "people") for header in headers]
    plain = sum(fold(header) in ("nome", "name", "nominativo") for header in headers)
    return "people" if len(telling & set(named)) > (1 if plain else 0) else "organisations"


def guess_columns(shape: Shape, found: Survey, *, kind: str, source: str) -> tuple[Column, ...]:
    """The meaning of each column."""
    columns = [_by_header(header, found.unique[place], kind, source) for place, header in enumerate(shape.headers)]
    for place, column in enumerate(columns):
        values = [cells[place].strip() for cells in found.sample if not is_nothing(cells[place])]
        if column.field == "title" and values and _share(values, lambda value: bool(find_title(value))) < 0.5:
            columns[place] = Column(column.header, "job_title")
        elif not column.field and values and not is_identifier_name(column.header):
            columns[place] = Column(column.header, _by_content(values, {known.field for known in columns}))
    return tuple(_whole_names(columns) if kind == "people" else columns)


def _by_header(header: str, is_unique: bool, kind: str, source: str) -> Column:
    named = field_named_by(header, kind)
    if not named and is_unique:
        return Column(header, IDENTITY, system_of(header, source))
    return Column(header, named)


def _whole_names(columns: list[Column]) -> list[Column]:
    """Without a column of family names "Name" holds the whole name."""
    known = {column.field for column in columns}
    if "family_name" in known or known & {"full_name", "name_reversed"}:
        return columns
    return [Column(c.header, "full_name") if c.field == "given_name" else c for c in columns]


def _by_content(values: Sequence[str], taken: set[str]) -> str:
    for code, says in _SAYS.items():
        again = code in ("email", "phone", "web")
        if (again or code not in taken) and _share(values, says) >= MOST:
            return "pec" if code == "email" and _share(values, is_pec) >= MOST else code
    return ""


def _share(values: Sequence[str], says: Callable[[str], bool]) -> float:
    return sum(map(says, values)) / len(values)


def _valid(clean: Callable[[str], object]) -> Callable[[str], bool]:
    def says(value: str) -> bool:
        try:
            clean(value)
        except InvalidIdentity:
            return False
        return True

    return says


def _is_phone(value: str) -> bool:
    if not re.fullmatch(r"[+(]?[\d\s()./\-]{8,25}", value) or (value.isdigit() and value[0] not in "03"):
        return False
    if re.fullmatch(
        r"\d+(?:\.\d+){3}|\d+[.,]\d+|\d{1,4}([./-])\d{1,2}\1\d{1,4}", value
    ):  # not a host, an amount, a day
        return False
    return _valid(normalise_phone)(value)


_SAYS: dict[str, Callable[[str], bool]] = {
    "email": lambda value: bool(re.fullmatch(r"[^\s@]+@[^\s@]+\.\w{2,}", value)),
    "web": lambda value: bool(re.match(r"(?:https?://|www\.)\S+$", value, re.IGNORECASE)),
    "vat_number": lambda value: bool(re.fullmatch(r"(?:IT)?\d{11}", value)) and _valid(clean_vat)(value),
    "codice_fiscale": lambda value: len(value) == 16 and _valid(clean_codice_fiscale)(value),
    "phone": _is_phone,
    "postal_code": lambda value: bool(re.fullmatch(r"\d{5}", value)) and bool(comuni_of_postal_code(value)),
    "province": lambda value: len(value) == 2 and value.isupper() and province_code(value) is not None,
    "city": lambda value: len(value) > 2 and find_comune(value) is not None,
}
