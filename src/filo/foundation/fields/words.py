"""Values as people read them: Italian and English numbers, days and amounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import get_language

from filo.foundation.access.principal import Principal
from filo.foundation.fields.entities import Names, entity_named, related
from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import fields_of
from filo.foundation.web.templatetags.web import full_day, short_day

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


@dataclass(frozen=True)
class Shown:
    """A value on a card: its field, its words, and where a relation leads."""

    field: CustomField
    words: str
    href: str = ""


def shown_values(principal: Principal, entity: str, values: Mapping[str, Any]) -> list[Shown]:
    """What an object has in its fields, in their order; relations that this principal does not see are left out."""
    if not values:
        return []
    fields = [field for field in fields_of(entity) if field.code in values]
    names = names_in(principal, fields, [values])
    found = []
    for field in fields:
        words = words_of_value(field, values[field.code], names=names)
        if words:
            href = related().url(UUID(values[field.code])) if field.kind == "relation" else ""
            found.append(Shown(field, words, href))
    return found


def visible_values(principal: Principal, entity: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The values of some objects without those of retired fields and without relations one does not see."""
    if not any(rows):
        return [{} for _row in rows]
    fields = fields_of(entity)
    names = names_in(principal, fields, rows)
    hidden = {field.code for field in fields if field.kind == "relation"}
    codes = [field.code for field in fields]
    return [
        {code: row[code] for code in codes if code in row and (code not in hidden or UUID(row[code]) in names)}
        for row in rows
    ]


def names_in(principal: Principal, fields: Collection[CustomField], rows: Sequence[Mapping[str, Any]]) -> Names:
    """The names of everybody whom relations among these values name, as far as this principal sees them."""
    codes = [field.code for field in fields if field.kind == "relation"]
    ids = {UUID(row[code]) for row in rows for code in codes if row.get(code)}
    return related().names(principal, ids) if ids else {}


def words_of_value(field: CustomField, value: Any, *, names: Names | None = None, is_short: bool = False) -> str:
    """A clean value in words, in the active language; `names` are those of relations, others are not shown. Days are
    short in lists.
    """
    if value in (None, "", []):
        return ""
    if field.kind == "relation":
        return (names or {}).get(UUID(value), "")
    if field.has_choices:
        labels = field.labels
        return ", ".join(labels.get(str(code), str(code)) for code in (value if isinstance(value, list) else [value]))
    if field.kind == "date":
        return (short_day if is_short else full_day)(date.fromisoformat(value))
    if field.kind == "number":
        return _figure(value)
    return _amount(field, value) if field.kind == "money" else str(value)


def required_words(field: CustomField, roles: Mapping[str, str]) -> str:
    """When and for whom a field has to be filled in, in a few words; empty if never. `roles`: {code: name}."""
    stages = dict(entity_named(field.entity).stages)
    found = [str(stages[code]) for code in field.required.get("stages", []) if code in stages]
    return ", ".join([*found, *(roles[code] for code in field.required.get("roles", []) if code in roles)])


def _figure(value: str) -> str:
    places = len(value.partition(".")[2])
    return formats.number_format(Decimal(value), decimal_pos=places, use_l10n=True, force_grouping=True)


def _amount(field: CustomField, value: str) -> str:
    """1.250,50 € in Italian, €1,250.50 in English, whole amounts without cents; by its code what has no sign."""
    amount = Decimal(value)
    places = 0 if amount == amount.to_integral_value() else 2
    figure = formats.number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
    sign = SIGNS.get(field.currency)
    if sign and (get_language() or "it").startswith("en"):
        return f"{sign}{figure}"
    return f"{figure}\u00a0{sign or field.currency}"
