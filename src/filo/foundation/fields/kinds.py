"""The kinds of fields: how each is called, and by what its values are filtered and put in order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.filters.conditions import DAY

KINDS = [
    ("text", _("A line of text")),
    ("long-text", _("Long text")),
    ("number", _("Number")),
    ("money", _("Amount of money")),
    ("date", _("Date")),
    ("choice", _("One of some choices")),
    ("choices", _("Several of some choices")),
    ("relation", _("Another customer")),
]
WITH_CHOICES = ("choice", "choices")
SHAPES = {"number": "number", "money": "number", "date": "day"}
# The column of `FieldValue` in which values of a kind are found.
COLUMNS = {"number": "number", "money": "number", "date": "day"}
OPERATORS: dict[str, tuple[str, ...]] = {
    "text": ("is", "is-not", "in", "contains", "empty", "set"),
    "long-text": ("empty", "set"),
    "number": ("is", "is-not", "more", "less", "empty", "set"),
    "money": ("is", "is-not", "more", "less", "empty", "set"),
    "date": ("is", *DAY),
    "choice": ("is", "is-not", "in", "empty", "set"),
    "choices": ("is", "is-not", "in", "empty", "set"),
    "relation": ("is", "is-not", "in", "empty", "set"),
}


def column_of(kind: str) -> str:
    """Where values of this kind are found: text, number or day."""
    return COLUMNS.get(kind, "text")
