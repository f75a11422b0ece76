"""Cells that hold values of the firm's own fields, read by the kind that their column has."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.fields.models import TEXT_LENGTH
from filo.foundation.fields.values import LONG_TEXT, MOST_NUMBER
from filo.foundation.folding import clean_line, clean_text, fold
from filo.operational.transfer import figures
from filo.operational.transfer.gathering import Gathered
from filo.operational.transfer.mapping import OWN, Column

CENT = Decimal("0.01")


class _Wrong(ValueError):
    """A cell that is no value of its field; the sentence says why."""


def read_own(gathered: Gathered, column: Column, cell: str, _group: str) -> None:
    """The value as it is kept (see `foundation/fields/values.py`); what is none is left out with a warning."""
    kind, _space, way = column.format.partition(" ")
    if kind == "relation":  # who is meant is looked up once rows are compared with what is here
        gathered.facts.related.setdefault(column.field.removeprefix(OWN), clean_line(cell, max_length=260))
        return
    try:
        gathered.facts.own.setdefault(column.field.removeprefix(OWN), _value(kind, way, cell, column))
    except _Wrong as wrong:
        gathered.facts.warn(column.header, f"{cell[:60]}: {wrong}")


def _value(kind: str, way: str, cell: str, column: Column) -> Any:
    if kind in ("number", "money"):
        return _number(cell, places=2 if kind == "money" else 6, is_point=way == "point")
    if kind == "date":
        found = figures.day(cell, month_first=way == "mdy")
        if found is None:
            raise _Wrong(_("This is not a day: write 14/03/1978 or 1978-03-14."))
        return found.isoformat()
    if kind in ("choice", "choices"):
        return _chosen(cell, dict(column.choices), is_one=kind == "choice")
    most = LONG_TEXT if kind == "long-text" else TEXT_LENGTH
    text = clean_text(cell, max_length=most + 1) if kind == "long-text" else clean_line(cell, max_length=most + 1)
    if len(text) > most:
        raise _Wrong(_("At most %(limit)s characters.") % {"limit": most})
    return text


def _number(cell: str, *, places: int, is_point: bool) -> str:
    found = figures.number(cell, is_point=is_point)
    if found is None:
        raise _Wrong(_("Write a number, for instance 1250.50."))
    if abs(found) >= MOST_NUMBER:
        raise _Wrong(_("This number is too large."))
    if places == 2:
        return str(found.quantize(CENT, ROUND_HALF_UP))  # as amounts are rounded, and not to the even digit
    plain = f"{round(found, places):f}"
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


def _chosen(cell: str, choices: dict[str, str], *, is_one: bool) -> Any:
    """The codes of what is written: by code or by name in either language."""
    parts = [cell] if is_one else [part for part in cell.replace("|", ";").replace(",", ";").split(";") if part.strip()]
    codes = [choices.get(fold(part)) for part in parts]
    if None in codes:
        names = ", ".join(dict.fromkeys(choices.values()))
        raise _Wrong(_("Choose one of: %(names)s.") % {"names": names[:200]})
    return codes[0] if is_one else list(dict.fromkeys(codes))
