"""Raw values of fields made clean, or refused field by field.

Kept in JSON: numbers and money as decimal text ("1250.50"), dates as ISO days, choices as codes, relations as ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.fields.entities import entity_named, related
from filo.foundation.fields.models import TEXT_LENGTH, CustomField
from filo.foundation.fields.queries import fields_of
from filo.foundation.folding import clean_line, clean_text

LONG_TEXT, MOST_CHOSEN, MOST_NUMBER = 20_000, 100, Decimal(10) ** 13
EMPTY: tuple[Any, ...] = (None, "", [], ())
_DECIMAL = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?")
Values = dict[str, Any]


class _Wrong(ValueError):
    """A value that cannot be kept, with the sentence that says why."""


def clean_values(
    principal: Principal,
    entity: str,
    raw: Mapping[str, Any],
    *,
    current: Mapping[str, Any],
    stage: str | Collection[str] = (),
    partial: bool = False,
) -> Values:
    """All values of an object once `raw` ({code: value}, only what is named changes) is written over `current`.

    An empty value takes it away. What is required for the role of the principal, or in a `stage` (one or several),
    is asked for: of all fields, or of those named in `raw` if `partial`. Values of retired fields stay.
    Raises `InvalidFields` with the keys `fields.CODE`.
    """
    fields = {field.code: field for field in fields_of(entity)}
    wrong: dict[str, Sentence | list[Sentence]] = {
        f"fields.{code}": _("There is no such field.") for code in raw.keys() - fields.keys()
    }
    found: Values = dict(current)
    for code in (code for code in fields if code in raw):
        try:
            value = clean_value(principal, fields[code], raw[code], kept=current.get(code))
        except _Wrong as error:
            wrong[f"fields.{code}"] = str(error)
            continue
        found.pop(code, None)
        if value not in EMPTY:
            found[code] = value
    asked = [field for code, field in fields.items() if code in raw or not partial]
    for field, sentence in missing(principal, asked, found, stage=stage):
        wrong.setdefault(field.name, sentence)
    if wrong:
        raise InvalidFields(wrong)
    return found


def missing(
    principal: Principal, fields: Collection[CustomField], values: Mapping[str, Any], *, stage: str | Collection[str]
) -> list[tuple[CustomField, str]]:
    """The fields that lack a value which the role or a stage requires, each with the sentence that says so.

    The system itself (an import, the demo) is asked for nothing.
    """
    if principal.kind == "system":
        return []
    return [
        (field, sentence)
        for field in fields
        if values.get(field.code) in EMPTY and (sentence := why_required(principal, field, stage))
    ]


def refuse_missing(principal: Principal, entity: str, values: Mapping[str, Any], *, stage: str) -> None:
    """Whoever is put into a stage has what it requires. Raises `InvalidFields` with the keys `fields.CODE`."""
    asked = [field for field in fields_of(entity) if stage in field.required.get("stages", ())]
    lacking = missing(principal, asked, values, stage=stage)
    if lacking:
        raise InvalidFields({field.name: sentence for field, sentence in lacking})


def why_required(principal: Principal, field: CustomField, stage: str | Collection[str]) -> str:
    """Why this principal has to fill in a field, as a sentence; empty if it may be left out."""
    stages = [stage] if isinstance(stage, str) else list(stage)
    asked = [code for code in field.required.get("stages", ()) if code in stages]
    if asked:
        labels = dict(entity_named(field.entity).stages)
        named = {"field": field.label, "stage": str(labels.get(asked[0], asked[0])).lower()}
        return _("“%(field)s” is required in the stage “%(stage)s”: fill it in.") % named
    if principal.role and principal.role in field.required.get("roles", ()):
        return _("“%(field)s” is required for your role: fill it in.") % {"field": field.label}
    return ""


def clean_value(principal: Principal, field: CustomField, raw: Any, *, kept: Any = None) -> Any:
    """One clean value; `kept` is the one that was there, which may stay. Raises ValueError with a sentence."""
    if raw in EMPTY:
        return None
    if field.kind == "relation":
        return raw if raw == kept else _relation(principal, raw)
    if field.has_choices:
        return _chosen(field, raw, kept)
    return _CLEAN[field.kind](raw)


def _text(raw: Any) -> str:
    found = clean_line(_said(raw), max_length=TEXT_LENGTH + 1)
    if len(found) > TEXT_LENGTH:
        raise _Wrong(_("At most %(limit)s characters.") % {"limit": TEXT_LENGTH})
    return found


def _long_text(raw: Any) -> str:
    found = clean_text(_said(raw), max_length=LONG_TEXT + 1)
    if len(found) > LONG_TEXT:
        raise _Wrong(_("At most %(limit)s characters.") % {"limit": LONG_TEXT})
    return found


def _said(raw: Any) -> str:
    if not isinstance(raw, str):
        raise _Wrong(_("Write a text."))
    return raw


def _number(raw: Any) -> str:
    return _decimal(raw, places=6)


def _money(raw: Any) -> str:
    found = _decimal(raw, places=2)
    return f"{Decimal(found):.2f}"


def _decimal(raw: Any, *, places: int) -> str:
    """As plain decimal text without needless zeros: "1250.5"."""
    text = str(raw) if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) else raw
    sentence = _("Write a number, for instance 1250.50.")
    if not isinstance(text, str):
        raise _Wrong(sentence)
    try:
        if not _DECIMAL.fullmatch(text.strip()) and isinstance(raw, str):
            raise InvalidOperation
        found = Decimal(text.strip())
    except InvalidOperation:
        raise _Wrong(sentence) from None
    if not found.is_finite() or abs(found) >= MOST_NUMBER:
        raise _Wrong(_("This number is too large."))
    if found != round(found, places):
        raise _Wrong(_("At most %(places)s decimal places.") % {"places": places})
    plain = f"{found:f}"
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


def _day(raw: Any) -> str:
    try:
        if isinstance(raw, date):
            return raw.isoformat()[:10]
        if not isinstance(raw, str) or len(raw) != 10:
            raise ValueError
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        raise _Wrong(_("Write the date as year-month-day, for instance 1978-03-14.")) from None


_CLEAN: dict[str, Callable[[Any], str]] = {
    "text": _text,
    "long-text": _long_text,
    "number": _number,
    "money": _money,
    "date": _day,
}


def _chosen(field: CustomField, raw: Any, kept: Any) -> Any:
    offered = field.offered(kept)
    wanted = raw if isinstance(raw, list | tuple) else [raw]
    if field.kind == "choice" and isinstance(raw, list | tuple):
        raise _Wrong(_("Choose one only."))
    if len(wanted) > MOST_CHOSEN or not all(isinstance(code, str) and code in offered for code in wanted):
        raise _Wrong(_("Choose one of: %(names)s.") % {"names": ", ".join(offered)})
    return wanted[0] if field.kind == "choice" else [code for code in offered if code in wanted]


def _relation(principal: Principal, raw: Any) -> str:
    try:
        wanted = raw if isinstance(raw, UUID) else UUID(_said(raw))
    except ValueError:
        raise _Wrong(_("Choose a customer from those found.")) from None
    if wanted not in related().names(principal, [wanted]):
        raise _Wrong(_("There is nothing here, or it is not yours to see."))
    return str(wanted)
