"""Lines of documents as the audit keeps them, so that they can be put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import DecimalField
from django.utils.translation import ngettext

from filo.foundation.amounts import number_words
from filo.foundation.audit.services import plain
from filo.foundation.audit.usual import number_value
from filo.operational.prices.document import DocumentLine

MOST_TOLD = 3
LineOf = TypeVar("LineOf", bound=DocumentLine)


def told_line(line: DocumentLine, names: Sequence[str]) -> dict[str, Any]:
    """These columns of it; numbers with the digits that they have once they are stored."""
    return {name: plain(_as_stored(line, name)) for name in names}


def line_again(model: type[LineOf], told: Mapping[str, Any], names: Sequence[str]) -> LineOf:
    """The line that `told_line` told, of these columns those that it has; without its document, not stored. One that
    was told without its id is new.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: fields[name].to_python(told[name]) for name in names if name in told}
    return model(**values)


def lines_words(told: Sequence[Mapping[str, Any]]) -> str:
    """How many of what, for who reads a history: *2 JACKET, 1 LAMP, 3 COAT and 4 more*."""
    words = ", ".join(_words(line) for line in told[:MOST_TOLD])
    more = len(told) - MOST_TOLD
    return words + " " + ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more} if more > 0 else words


def _words(line: Mapping[str, Any]) -> str:
    quantity = "" if line.get("heading") else number_value(line.get("quantity", ""), number_words)
    return f"{quantity} {line.get('code') or line.get('description', '')}".strip()


def _as_stored(line: DocumentLine, name: str) -> Any:
    value = getattr(line, name)
    field = next(one for one in line._meta.concrete_fields if one.attname == name)
    if value is None or not isinstance(field, DecimalField):
        return value
    return round(Decimal(value), field.decimal_places or 0)
