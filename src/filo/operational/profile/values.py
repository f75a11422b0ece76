"""How values of a kind are read, kept and told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line

if TYPE_CHECKING:
    from filo.operational.profile.models import TraitKind

MOST_LETTERS, LARGEST = 200, 10**9


def clean_value(kind: TraitKind, raw: object) -> str:
    """The value as it is kept. Raises `InvalidFields` at `value` with a sentence that says what is expected."""
    text = clean_line(str(raw), max_length=MOST_LETTERS + 1).strip()
    if not text:
        raise InvalidFields({"value": _("Say what is known.")})
    if len(text) > MOST_LETTERS:
        raise InvalidFields({"value": _("At most %(n)s letters.") % {"n": MOST_LETTERS}})
    return {"choice": _choice, "number": _number, "span": _span}.get(kind.type, _text)(kind, text)


def words_of(kind: TraitKind, value: str) -> str:
    """The value as people read it, in their language; a choice that is no more is told as it was kept."""
    if kind.type == "choice":
        return dict(kind.answers).get(value, value)
    if kind.type == "span":
        try:
            since, until = (date.fromisoformat(part) for part in value.split("/"))
        except ValueError:
            return value
        return f"{date_format(since, 'SHORT_DATE_FORMAT')} – {date_format(until, 'SHORT_DATE_FORMAT')}"
    return value


def _text(_kind: TraitKind, text: str) -> str:
    return text


def _choice(kind: TraitKind, text: str) -> str:
    wanted = text.casefold()
    for code, it, en in kind.choices:
        if wanted in (code.casefold(), it.casefold(), en.casefold()):
            return str(code)
    raise InvalidFields({"value": _("Choose one of: %(names)s.") % {"names": ", ".join(n for _c, n in kind.answers)}})


def _number(_kind: TraitKind, text: str) -> str:
    digits = text.lstrip("-")
    if not (digits.isascii() and digits.isdigit() and int(digits) <= LARGEST):
        raise InvalidFields({"value": _("Write a whole number.")})
    return str(int(text))


def _span(_kind: TraitKind, text: str) -> str:
    since, _slash, until = text.partition("/")
    try:
        first, last = date.fromisoformat(since.strip()), date.fromisoformat((until or since).strip())
    except ValueError:
        raise InvalidFields({"value": _("Write two days, for instance 2026-07-01/2026-07-15.")}) from None
    if last < first:
        raise InvalidFields({"value": _("It ends before it begins.")})
    return f"{first.isoformat()}/{last.isoformat()}"
