"""Keeps the values of objects where filters and orders find them; called inside the verb that writes the object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from filo.foundation.bulk import insert
from filo.foundation.fields.models import TEXT_LENGTH, CustomField, FieldValue
from filo.foundation.fields.queries import fields_of
from filo.foundation.folding import fold

AT_ONCE = 500


def store_values(entity: str, object_id: UUID, values: Mapping[str, Any]) -> None:
    """The clean values of one object, in place of those it had; none of them takes all away."""
    store_many(entity, {object_id: values})


def store_many(entity: str, found: Mapping[UUID, Mapping[str, Any]]) -> None:
    """The clean values of many objects, in place of those they had."""
    ids = list(found)
    for start in range(0, len(ids), AT_ONCE):
        FieldValue.objects.filter(object_id__in=ids[start : start + AT_ONCE], field__entity=entity).delete()
    store_new(entity, found.items())


def store_new(entity: str, found: Iterable[tuple[UUID, Mapping[str, Any]]]) -> None:
    """The clean values of objects that are new and have none yet; asks nothing when there are none."""
    named = [(object_id, values) for object_id, values in found if values]
    if not named:
        return
    fields = {field.code: field for field in fields_of(entity, retired=True)}
    rows = [
        row
        for object_id, values in named
        for code, value in values.items()
        if code in fields
        for row in _rows(fields[code], object_id, value)
    ]
    insert(FieldValue, rows)


def _rows(field: CustomField, object_id: UUID, value: Any) -> list[FieldValue]:
    if field.kind in ("number", "money"):
        return [FieldValue(field_id=field.id, object_id=object_id, number=Decimal(value))]
    if field.kind == "date":
        return [FieldValue(field_id=field.id, object_id=object_id, day=date.fromisoformat(value))]
    texts = value if isinstance(value, list) else [value]
    return [FieldValue(field_id=field.id, object_id=object_id, text=found_as(field, text)) for text in texts]


def found_as(field: CustomField, text: str) -> str:
    """A text as it stands among the values: folded, but codes and ids as they are."""
    return text if field.has_choices or field.kind == "relation" else fold(text[: TEXT_LENGTH * 2])[:TEXT_LENGTH]
