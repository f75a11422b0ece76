"""What an administrator says of a field, made clean or refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.models import Role
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.fields.entities import entity_named
from filo.foundation.fields.kinds import KINDS, WITH_CHOICES
from filo.foundation.fields.models import CODE_LENGTH
from filo.foundation.folding import clean_line

MOST_CHOICES, LABEL_LENGTH, HINT_LENGTH = 100, 80, 200
_CODE = re.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CURRENCY = re.compile("[A-Z]{3}")


def clean_field(entity: str, facts: Mapping[str, Any], *, before: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The columns of a field; choices `before` keep their codes. Raises `InvalidFields`."""
    wrong: dict[str, Sentence | list[Sentence]] = {}
    kind = str(facts.get("kind") or "")
    found: dict[str, Any] = {
        "label_it": clean_line(str(facts.get("label_it") or ""), max_length=LABEL_LENGTH),
        "label_en": clean_line(str(facts.get("label_en") or ""), max_length=LABEL_LENGTH),
        "hint": clean_line(str(facts.get("hint") or ""), max_length=HINT_LENGTH),
        "kind": kind,
        "choices": [],
        "currency": str(facts.get("currency") or "EUR").strip().upper(),
        "required": _required(entity, facts.get("required") or {}),
    }
    if not found["label_it"] and not found["label_en"]:
        wrong["label_it"] = _("A field needs a name.")
    if kind not in dict(KINDS):
        wrong["kind"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(KINDS))}
    if not _CURRENCY.fullmatch(found["currency"]):
        wrong["currency"] = _("Write the currency as three letters, for instance EUR.")
    if kind in WITH_CHOICES:
        found["choices"] = _choices(facts.get("choices") or (), {str(row["code"]) for row in before})
        wrong |= _wrong_choices(found["choices"])
    if wrong:
        raise InvalidFields(wrong)
    return found


def _at_a_word(text: str, longest: int) -> str:
    """Cut where a word ends, so that a code that stays for good reads like one."""
    return text if len(text) <= longest else text[: longest + 1].rpartition("-")[0] or text[:longest]


def code_of(facts: Mapping[str, Any], taken: Collection[str]) -> str:
    """The code that was asked for, else one made of the name. Raises `InvalidFields`."""
    wanted = str(facts.get("code") or "").strip()
    if not wanted:
        return free_code(str(facts["label_it"] or facts["label_en"]), taken)
    if len(wanted) > CODE_LENGTH or not _CODE.fullmatch(wanted):
        sentence = _("Small letters, figures and hyphens, a letter first: for instance budget-2027.")
        raise InvalidFields({"code": sentence})
    if wanted in taken:
        raise InvalidFields({"code": _("Another field has this name already, or had it.")})
    return wanted


def free_code(label: str, taken: Collection[str]) -> str:
    """A code made of a label that is not taken yet."""
    base = _at_a_word(slugify(label), CODE_LENGTH - 4).strip("-_") or "x"
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)


def _choices(raw: Sequence[Mapping[str, Any]], before: Collection[str]) -> list[dict[str, Any]]:
    """Those with a name; a new one gets its code from it."""
    found: list[dict[str, Any]] = []
    taken = set(before)
    for row in raw:
        names = {name: clean_line(str(row.get(name) or ""), max_length=LABEL_LENGTH) for name in ("it", "en")}
        if not any(names.values()):
            continue
        code = str(row.get("code") or "")
        if code not in before:
            code = free_code(names["it"] or names["en"], taken)
            taken.add(code)
        found.append({"code": code, **names, "retired": bool(row.get("retired"))})
    return found


def _wrong_choices(choices: Sequence[Mapping[str, Any]]) -> dict[str, Sentence | list[Sentence]]:
    names = [row["it"] or row["en"] for row in choices]
    if not names:
        return {"choices": _("Write at least one choice.")}
    if len(names) > MOST_CHOICES:
        return {"choices": _("At most %(limit)s choices.") % {"limit": MOST_CHOICES}}
    if len({name.casefold() for name in names}) < len(names):
        return {"choices": _("Two choices have the same name.")}
    return {}


def _required(entity: str, raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """Only what is known: a role that is gone asks for nothing."""
    roles = set(raw.get("roles") or ())
    stages = set(raw.get("stages") or ())
    known = Role.objects.filter(code__in=roles).order_by("code").values_list("code", flat=True) if roles else ()
    return {"roles": list(known), "stages": [code for code, _label in entity_named(entity).stages if code in stages]}
