"""What each kind of column adds to what is gathered of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.folding import clean_line
from filo.operational.transfer import cells, figures, vocabulary
from filo.operational.transfer.countries import country_code
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import BELONGING, IDENTITY, OWN_CODE, Column

UNKNOWN_COUNTRY = "ZZ"  # CLDR's letters for a place that is not known
ABROAD = "abroad"
_WITH_COUNTRY = re.compile(r"\s*\([A-Z]{2}\)$")  # as Odoo has it: Roma (IT)


@dataclass
class Gathered:
    """What is gathered while a row is read. Addresses stand by their use and their group: ("main", "address 1")."""

    facts: Facts
    regions: tuple[str, ...] = ("IT",)
    labels: dict[str, str] = field(default_factory=dict)
    points: list[dict[str, Any]] = field(default_factory=list)
    addresses: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    kind: str = ""
    name: str = ""


Read = Callable[[Gathered, Column, str, str], None]


def read_plain(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    gathered.facts.data.setdefault(column.field, cell)


def _read_notes(gathered: Gathered, _column: Column, cell: str, _group: str) -> None:
    there = gathered.facts.data.get("notes")
    gathered.facts.data["notes"] = f"{there}\n{cell}" if there else cell


def _read_whole_name(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    title, given, family = cells.names_in(cell, family_first=column.field == "name_reversed")
    for name, value in (("title", title), ("given_name", given), ("family_name", family)):
        if value:
            gathered.facts.data.setdefault(name, value)
            gathered.facts.columns.setdefault(name, column.header)


def _read_name(gathered: Gathered, _column: Column, cell: str, _group: str) -> None:
    gathered.name = gathered.name or cell


def _read_kind(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    gathered.kind = gathered.kind or vocabulary.party_kind(cell)
    if not gathered.kind:
        gathered.facts.warn(column.header, _not_known(cell))


def _read_code(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    code = clean_line(cell, max_length=201)
    if len(code) > 200:
        gathered.facts.warn(column.header, _("A code has 200 characters at most."))
    else:
        gathered.facts.identities.setdefault(column.system or column.header[:60], code)


def _read_own_code(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    try:
        gathered.facts.party_id = UUID(cell)
    except ValueError:
        gathered.facts.warn(column.header, _not_known(cell))


def _read_company(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    facts = gathered.facts
    if column.field == "company":
        facts.company = facts.company or clean_line(cell, max_length=260)
    elif column.field == "job_title":
        facts.job_title = facts.job_title or clean_line(cell, max_length=120)
    else:
        first = clean_line(cell.split(";")[0], max_length=200)
        facts.company_code = facts.company_code or (column.system, first)


def _read_day(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    found = figures.day(cell, month_first=column.format == "mdy")
    if found is None:
        sentence = _("“%(value)s” is not a day: write 14/03/1978 or 1978-03-14.")
        gathered.facts.warn(column.header, sentence % {"value": cell[:60]})
    else:
        gathered.facts.data.setdefault(column.field, found)


def _read_known(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    found = vocabulary.language(cell) if column.field == "language" else vocabulary.gender(cell)
    if found:
        gathered.facts.data.setdefault(column.field, found)
    elif column.field == "language" or not vocabulary.says_no_gender(cell):
        gathered.facts.warn(column.header, _not_known(cell))


def _not_known(cell: str) -> str:
    return _("“%(value)s” is not known here.") % {"value": cell[:60]}


def _read_belonging(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    gathered.facts.belongs.setdefault(column.field, clean_line(cell, max_length=200))
    gathered.facts.columns.setdefault(column.field, column.header)


def _read_tax_code(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    """The zero that a spreadsheet took from the front comes back."""
    is_short = cell.isdigit() and 8 <= len(cell) < 11 and gathered.regions[0] == "IT"
    gathered.facts.data.setdefault(column.field, cell.zfill(11) if is_short else cell)


def read_place(gathered: Gathered, column: Column, cell: str, group: str) -> None:
    use, _dot, part = column.field.rpartition(".")
    address = gathered.addresses.setdefault((use or "main", group), {})
    if part == "country":
        code = country_code(cell)
        if code is None:
            gathered.facts.warn(column.header, _("The country “%(name)s” is not known.") % {"name": cell[:60]})
        address["country"] = code or UNKNOWN_COUNTRY
    elif part == "street" and address.get("street"):
        address["street"] += f", {cell}"
    else:
        address.setdefault(part, _WITH_COUNTRY.sub("", cell) if part == "province" else cell)
    if column.format == ABROAD:
        address.setdefault("country", UNKNOWN_COUNTRY)


def _read_coordinate(gathered: Gathered, column: Column, cell: str, group: str) -> None:
    found = figures.coordinate(cell, most=90 if column.field == "latitude" else 180)
    if found is None:
        gathered.facts.warn(column.header, _("“%(value)s” is not a coordinate.") % {"value": cell[:60]})
    else:
        gathered.addresses.setdefault(("main", group), {})[column.field] = found


READERS: Mapping[str, Read] = {
    "notes": _read_notes,
    "full_name": _read_whole_name,
    "name_reversed": _read_whole_name,
    "name": _read_name,
    "kind": _read_kind,
    "company": _read_company,
    "company_code": _read_company,
    "job_title": _read_company,
    "birth_date": _read_day,
    "language": _read_known,
    "gender": _read_known,
    "vat_number": _read_tax_code,
    "codice_fiscale": _read_tax_code,
    "latitude": _read_coordinate,
    "longitude": _read_coordinate,
    IDENTITY: _read_code,
    OWN_CODE: _read_own_code,
    **{field.code: _read_belonging for field in BELONGING},
}
