"""Columns whose meaning is a field that the firm made: which there are, how their cells are read, and new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from filo.foundation.fields.drafts import LABEL_LENGTH
from filo.foundation.fields.models import TEXT_LENGTH, CustomField
from filo.foundation.fields.queries import fields_of
from filo.foundation.folding import clean_line, fold
from filo.operational.transfer import figures
from filo.operational.transfer.contents import share
from filo.operational.transfer.mapping import OWN, Column, is_own

ENTITY = "party"
NEW = "new-field"  # what people choose to have a field made of a column
MOST_CHOICES, LONGEST_CHOICE = 12, 40


def own_by_name() -> Mapping[str, tuple[str, str]]:
    """{folded name or code: (code, kind)} of the firm's own fields."""
    found: dict[str, tuple[str, str]] = {}
    for field in fields_of(ENTITY):
        for name in (field.code, field.label_it, field.label_en):
            if name:
                found.setdefault(fold(name), (field.code, field.kind))
    return found


def kind_of(field: str) -> str:
    """The kind of an own field, "" for anything else."""
    known = {f"{OWN}{code}": kind for code, kind in own_by_name().values()} if is_own(field) else {}
    return known.get(field, "")


def with_own_fields(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns with what is needed to read values of own fields; of those that are gone nothing is read."""
    found = tuple(columns)
    if not any(is_own(column.field) for column in found):
        return found
    known = {field.name: field for field in fields_of(ENTITY)}
    return tuple(_with_own(column, known) if is_own(column.field) else column for column in found)


def _with_own(column: Column, known: Mapping[str, CustomField]) -> Column:
    field = known.get(column.field)
    if field is None:
        return Column(column.header)
    _kind, _space, way = column.format.partition(" ")
    choices = [(fold(text), row["code"]) for row in field.choices for text in (row.get("it", ""), row.get("en", ""))]
    choices += [(fold(row["code"]), row["code"]) for row in field.choices]
    kept = tuple(pair for pair in choices if pair[0])
    return Column(column.header, column.field, "", f"{field.kind} {way}".strip(), kept)


def field_facts(header: str, values: Sequence[str], *, is_whole: bool) -> dict[str, Any]:
    """What a new field made of a column is: its name, and the kind that its cells show.

    `is_whole` says that these are all cells there are: only then may what stands in them be all there is to choose.
    """
    label = clean_line(header, max_length=LABEL_LENGTH)
    kind = _kind(values, is_whole=is_whole)
    choices = [{"it": value, "en": value} for value in sorted(set(values))] if kind == "choice" else []
    return {"label_it": label, "label_en": label, "kind": kind, "choices": choices}


def _kind(values: Sequence[str], *, is_whole: bool) -> str:
    if values and share(values, lambda value: figures.number(value) is not None and not _is_code(value)) >= 0.95:
        return "money" if share(values, lambda value: any(sign in value for sign in "€$£")) >= 0.5 else "number"
    if values and share(values, lambda value: figures.day(value) is not None) >= 0.95:
        return "date"
    if any(len(value) > TEXT_LENGTH or "\n" in value for value in values):
        return "long-text"
    different = {fold(value) for value in values}
    is_few = 0 < len(different) <= MOST_CHOICES and len(values) >= 2 * len(different)
    is_short = all(len(value) <= LONGEST_CHOICE for value in values)
    return "choice" if is_whole and is_few and is_short and len(different) == len(set(values)) else "text"


def _is_code(value: str) -> bool:
    """A zero at the front, or more digits than anybody reckons with."""
    return (value.startswith("0") and len(value) > 1 and value[1].isdigit()) or len(value) > 15
