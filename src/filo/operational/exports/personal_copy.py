"""The copy of all that is held about one person: for programs as JSON, for the person as a page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import ForeignKey
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.organisation.queries import the_firm
from filo.foundation.personal import PersonalData
from filo.foundation.privacy.register import kept_words
from filo.foundation.rest.answers import as_json
from filo.operational.exports.column_words import heading_of
from filo.operational.parties.models import Party

AT_ONCE = 500
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")


@dataclass(frozen=True)
class Part:
    """What one register entry holds about the person, as the page tells it."""

    data: PersonalData
    kept: list[str]
    headings: list[str]
    rows: list[list[str]]


def write_copy(file: BinaryIO, party: Party, register: Iterable[PersonalData]) -> int:
    """Write the ZIP; gives how many rows are in it."""
    found = [data for data in register if data.party]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open("data.json", "w", force_zip64=True) as data_file:
            number = sum(1 for piece, is_row in _json(party, found) if data_file.write(piece) and is_row)
        parts = [part for data in sorted(found, key=_is_bookkeeping) if (part := _part(data, party.id)).rows]
        context = {"party": party, "parts": parts, "firm": the_firm(), "now": clock.now(), "language": get_language()}
        packed.writestr("index.html", render_to_string("exports/personal.html", context))
        for name, path in _files(party.id, found):
            packed.write(path, name)
    return number


def _json(party: Party, register: Iterable[PersonalData]) -> Iterator[tuple[bytes, bool]]:
    """The pieces of the document, row by row, and which of them are rows."""
    head = {"id": party.id, "display_name": party.display_name, "made_at": clock.now()}
    yield as_json(head)[:-1] + b',"data":{', False
    between = b""
    for data in register:
        about = {
            "label": str(data.label),
            "purpose": str(data.purpose),
            "legal_basis": str(data.basis.label),
            "kept": kept_words(data),
            "categories": [str(category.label) for category in data.categories],
        }
        yield between + as_json(data.model) + b":" + as_json(about)[:-1] + b',"rows":[', False
        comma = b""
        for row in data.of_party(party.id).iterator(chunk_size=AT_ONCE):
            yield comma + as_json(data.exported(row)), True
            comma = b","
        yield b"]}", False
        between = b","
    yield b"}}\n", False


def _is_bookkeeping(data: PersonalData) -> bool:
    """Whether it only follows from what is held: the page tells of the person first, of logs and indices last."""
    return data.model_class().__module__.startswith("filo.foundation.")


def _part(data: PersonalData, party_id: UUID) -> Part:
    rows = [data.exported(row) for row in data.of_party(party_id).iterator(chunk_size=AT_ONCE)]
    names = list(
        dict.fromkeys(name for row in rows for name, value in row.items() if name != "id" and _told(value, {}))
    )
    people = _people(data, rows)
    headings = [heading_of(name) for name in names]
    told = [[_told(row.get(name), people if name in people else {}) for name in names] for row in rows]
    return Part(data, kept_words(data), headings, told)


def _people(data: PersonalData, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The names of colleagues behind ids, under the column and under the id."""
    columns = [
        field.name
        for field in data.model_class()._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is User
    ]
    ids = {row[name] for row in rows for name in columns if row.get(name)}
    return dict.fromkeys(columns) | {str(user.pk): user.name for user in User.objects.filter(pk__in=ids)}


def _told(value: Any, names: dict[str, Any]) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_told(part, {})}" for name, part in value.items() if part not in (None, "", []))
    if isinstance(value, list):
        return ", ".join(_told(part, {}) for part in value if part not in (None, ""))
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
    return str(names.get(str(value)) or value)


def _files(party_id: UUID, register: Iterable[PersonalData]) -> Iterator[tuple[str, Any]]:
    """What lies on the disk, each under a name of its own."""
    number = 0
    for data in register:
        if data.files is None:
            continue
        for row in data.of_party(party_id).iterator(chunk_size=AT_ONCE):
            for name, path in data.files(row):
                if path.is_file():
                    number += 1
                    yield f"files/{number:04d}-{_safe(name)}", path


def _safe(name: str) -> str:
    """A name that leads nowhere but into the folder."""
    plain = "".join(letter if letter.isalnum() or letter in ".-_ " else "-" for letter in name.replace("\\", "/"))
    return plain.strip(". ")[-80:] or "file"
