"""Every field as something that lists are narrowed by: `fields.CODE`, with the operators of its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.fields.entities import related
from filo.foundation.fields.kinds import OPERATORS, SHAPES
from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.services.values import found_as
from filo.foundation.fields.values import MOST_NUMBER
from filo.foundation.filters.conditions import number_in, span_of, values_of
from filo.foundation.filters.fields import FilterField

NEGATIVE = ("is-not", "empty")
Condition = Callable[[Principal, str, Any], Q]


def filters_of(entity: str) -> Callable[[Principal], list[FilterField]]:
    """The source of further filters of an entity's list, for `FilterSet.with_source`."""

    def source(_principal: Principal) -> list[FilterField]:
        return [_filter(field) for field in fields_of(entity)]

    return source


def _filter(field: CustomField) -> FilterField:
    choices = (lambda _principal: list(field.labels.items())) if field.has_choices else None
    return FilterField(
        field.name, field.label, OPERATORS[field.kind], _condition(field), choices, shape=SHAPES.get(field.kind, "text")
    )


def _condition(field: CustomField) -> Condition:
    """Objects found among the values; *is-not* and *empty* by looking whether the one at hand has such a value."""

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        rows = FieldValue.objects.filter(_asked(field, principal, operator, value), field_id=field.id)
        if operator in NEGATIVE:
            return ~Q(Exists(rows.filter(object_id=OuterRef("pk"))))
        return Q(pk__in=_objects(rows))

    return condition


def _objects(rows: QuerySet[FieldValue]) -> Any:
    return rows.order_by().values("object_id")


def _asked(field: CustomField, principal: Principal, operator: str, value: Any) -> Q:
    if operator in ("empty", "set"):
        return Q()
    if field.column == "number":
        return _number(operator, value)
    if field.column == "day":
        return _day(operator, value)
    if operator == "contains":
        words = found_as(field, str(value))
        if not words:
            raise ValueError
        return Q(text__contains=words)
    wanted = values_of(operator, value)
    if field.kind == "relation":
        return Q(text__in=_seen(principal, wanted))
    if field.has_choices and not set(wanted) <= field.labels.keys():
        raise ValueError
    return Q(text__in=[found_as(field, text) for text in wanted])


def _number(operator: str, value: Any) -> Q:
    if isinstance(value, bool):
        raise ValueError
    number = number_in(value)
    if abs(number) >= MOST_NUMBER * 10:  # as far as the column reaches
        raise ValueError
    return {"more": Q(number__gt=number), "less": Q(number__lt=number)}.get(operator, Q(number=number))


def _day(operator: str, value: Any) -> Q:
    if operator == "is":
        return Q(day=date.fromisoformat(str(value)))
    since, until = span_of(operator, value)
    found = Q(day__gte=since) if since else Q()
    return found & Q(day__lt=until) if until else found


def _seen(principal: Principal, wanted: list[str]) -> list[str]:
    """Nobody learns of somebody he does not see by asking whose relation he is."""
    ids = [UUID(text) for text in wanted]
    names = related().names(principal, ids)
    return [str(found) for found in ids if found in names]
