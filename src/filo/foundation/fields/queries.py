"""Reads of fields: few rows, read anew for each request, so that a field made anywhere is there at once."""

from __future__ import annotations

from uuid import UUID

from django.db.models import CharField, QuerySet

from filo.foundation.errors import NotFound
from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.prepared import Prepared, asked

_OF_ENTITY = Prepared(lambda: CustomField.objects.filter(entity=asked("entity", CharField())))


def fields_of(entity: str, *, retired: bool = False) -> list[CustomField]:
    """The fields of an entity in their order; with the retired ones if those are asked for too."""
    return [field for field in _OF_ENTITY.rows(entity=entity) if retired or field.retired_at is None]


def field_named(field_id: UUID) -> CustomField:
    """One field, also a retired one. Raises `NotFound`."""
    found = CustomField.objects.filter(pk=field_id).first()
    if found is None:
        raise NotFound
    return found


def has_values(field: CustomField) -> bool:
    """Whether anything was ever written in it and is still there."""
    return FieldValue.objects.filter(field=field).exists()


def choices_in_use(field: CustomField) -> set[str]:
    """The codes of choices that somebody chose."""
    codes = [row["code"] for row in field.choices]
    return {code for code in codes if FieldValue.objects.filter(field=field, text=code).exists()}


def field_values_in_order(field: CustomField) -> QuerySet[FieldValue]:
    """The values of a field as they sort, then by object: a range of one index, for keyset pages of lists.

    Text sorts folded, choices by their codes. Objects without a value have no row.
    """
    found = FieldValue.objects.filter(field=field, **{f"{field.column}__isnull": False})
    return found.order_by(field.column, "object_id")
