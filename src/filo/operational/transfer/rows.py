"""The cells of a row are read as their columns mean them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.folding import clean_line
from filo.foundation.italy.contact import NETWORKS, is_pec, normalise_phone
from filo.foundation.italy.errors import InvalidIdentity
from filo.operational.transfer import cells
from filo.operational.transfer.cleaning import clean
from filo.operational.transfer.countries import country_code
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import ADDRESS_PARTS, IDENTITY, Column

PARTS = frozenset(part.code for part in ADDRESS_PARTS)
UNKNOWN_COUNTRY = "ZZ"  # CLDR's letters for a place that is not known


@dataclass
class _Reading:
    """What is gathered while a row is read."""

    facts: Facts
    points: list[dict[str, Any]] = field(default_factory=list)
    addresses: dict[str, dict[str, Any]] = field(default_factory=dict)
    region: str = "IT"


def read_row(number: int, row: Sequence[str], columns: Sequence[Column], kind: str) -> Facts:
    """The clean facts of a row; `draft` is None when it has to be rejected."""
    facts = Facts(number, list(row), {"kind": "person" if kind == "people" else "organisation"})
    reading = _Reading(facts)
    said = [
        (column, cells.text_of(cell))
        for column, cell in zip(columns, row, strict=False)
        if column.field and not cells.is_nothing(cell)
    ]
    reading.region = _region(said)
    for column, cell in said:
        facts.columns.setdefault(column.field.rpartition(".")[2], column.header)
        _read(reading, column, cell)
    if any(not cells.is_nothing(cell) for cell in row[len(columns) :]):
        facts.warn("", _("The row has more cells than there are columns: look whether its cells have shifted."))
    facts.data["contact_points"] = reading.points
    facts.data["addresses"] = list(reading.addresses.values())
    clean(facts)
    return facts


def _region(said: Sequence[tuple[Column, str]]) -> str:
    """The country by whose rules telephone numbers are read."""
    countries = [cell for column, cell in said if column.field == "country"]
    return (country_code(countries[0]) or "IT") if countries else "IT"


def _read(reading: _Reading, column: Column, cell: str) -> None:
    use, _dot, part = column.field.rpartition(".")
    if part in PARTS:
        _read_place(reading, use or "main", part, column, cell)
    elif column.field == IDENTITY:
        _read_code(reading.facts, column, cell)
    elif column.field in _READERS:
        _READERS[column.field](reading, column, cell)
    elif column.field == "notes" and reading.facts.data.get("notes"):
        reading.facts.data["notes"] += f"\n{cell}"
    else:
        reading.facts.data.setdefault(column.field, cell)


def _read_code(facts: Facts, column: Column, cell: str) -> None:
    code = clean_line(cell, max_length=201)
    if len(code) > 200:
        facts.warn(column.header, _("A code has 200 characters at most."))
    else:
        facts.identities.setdefault(column.system or column.header[:60], code)


def _read_place(reading: _Reading, use: str, part: str, column: Column, cell: str) -> None:
    address = reading.addresses.setdefault(use, {"use": use})
    if part == "country":
        code = country_code(cell)
        if code is None:
            reading.facts.warn(column.header, _("The country “%(name)s” is not known.") % {"name": cell[:60]})
        address["country"] = code or UNKNOWN_COUNTRY
    elif part == "street" and address.get("street"):
        address["street"] += f", {cell}"
    else:
        address.setdefault(part, cell)


def _read_emails(reading: _Reading, column: Column, cell: str) -> None:
    for value in cells.emails_in(cell):
        certified = column.field == "pec" or is_pec(value)
        _point(reading, column, "pec" if certified else "email", value)


def _read_phones(reading: _Reading, column: Column, cell: str) -> None:
    for value in cells.phones_in(cell):
        if column.field == "fax":
            kind = "fax"
            found = None
        else:
            try:
                found = normalise_phone(value) if reading.region == "IT" else normalise_phone(value, reading.region)
            except InvalidIdentity as refusal:
                reading.facts.warn(column.header, f"{value[:60]}: {refusal.sentence}")
                continue
            kind = "mobile" if found.is_mobile or (column.field == "mobile" and reading.region != "IT") else "phone"
        if found and reading.region != "IT":
            value = found.e164
        _point(reading, column, kind, value)


def _read_web(reading: _Reading, column: Column, cell: str) -> None:
    for value in cells.addresses_in(cell):
        _point(reading, column, "web", value)


def _read_profile(reading: _Reading, column: Column, cell: str) -> None:
    """A handle alone belongs to the network that the header names."""
    network = next((name for name in (*NETWORKS, "twitter") if name in column.header.lower()), "")
    is_handle = bool(network) and "/" not in cell and ":" not in cell
    _point(reading, column, "social", f"{network}:{cell}" if is_handle else cell)


def _point(reading: _Reading, column: Column, kind: str, value: str) -> None:
    reading.points.append({"type": kind, "value": value[:320], "column": column.header})


def _read_coordinate(reading: _Reading, column: Column, cell: str) -> None:
    found = cells.coordinate(cell, most=90 if column.field == "latitude" else 180)
    if found is None:
        reading.facts.warn(column.header, _("“%(value)s” is not a coordinate.") % {"value": cell[:60]})
    else:
        reading.addresses.setdefault("main", {"use": "main"})[column.field] = found


def _read_day(reading: _Reading, column: Column, cell: str) -> None:
    found = cells.day(cell)
    if found is None:
        sentence = _("“%(value)s” is not a day: write 14/03/1978 or 1978-03-14.")
        reading.facts.warn(column.header, sentence % {"value": cell[:60]})
    else:
        reading.facts.data.setdefault(column.field, found)


def _read_known(reading: _Reading, column: Column, cell: str) -> None:
    found = cells.language(cell) if column.field == "language" else cells.gender(cell)
    if found:
        reading.facts.data.setdefault(column.field, found)
    else:
        reading.facts.warn(column.header, _("“%(value)s” is not known here.") % {"value": cell[:60]})


def _read_whole_name(reading: _Reading, column: Column, cell: str) -> None:
    title, given, family = cells.names_in(cell, family_first=column.field == "name_reversed")
    for name, value in (("title", title), ("given_name", given), ("family_name", family)):
        if value:
            reading.facts.data.setdefault(name, value)
            reading.facts.columns.setdefault(name, column.header)


def _read_company(reading: _Reading, column: Column, cell: str) -> None:
    if column.field == "company":
        reading.facts.company = reading.facts.company or clean_line(cell, max_length=260)
    else:
        reading.facts.job_title = reading.facts.job_title or clean_line(cell, max_length=120)


_READERS: Mapping[str, Callable[[_Reading, Column, str], None]] = {
    "email": _read_emails,
    "pec": _read_emails,
    "phone": _read_phones,
    "mobile": _read_phones,
    "fax": _read_phones,
    "web": _read_web,
    "social": _read_profile,
    "latitude": _read_coordinate,
    "longitude": _read_coordinate,
    "birth_date": _read_day,
    "language": _read_known,
    "gender": _read_known,
    "full_name": _read_whole_name,
    "name_reversed": _read_whole_name,
    "company": _read_company,
    "job_title": _read_company,
}
