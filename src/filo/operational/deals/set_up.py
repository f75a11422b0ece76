"""What is set up about deals, held against what it may be: for pages, API and demo alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line
from filo.operational.deals.models.assigning import GIVES
from filo.operational.deals.models.assigning import WAYS as GIVING
from filo.operational.deals.models.scoring import WAYS as SCORING
from filo.operational.deals.requirements import REQUIRABLE
from filo.operational.deals.score import BEHAVIOURS, COMPARING, FIT_FIELDS, NUMBERS, OPERATORS

LANGUAGES = ("it", "en")
MOST_LETTERS = {"name": 120, "name_it": 80, "name_en": 80, "value": 200, "provinces": 300}
NEEDED = ("name", "name_it")
BOUNDS = {
    "probability": (0, 100),
    "stale_after": (0, 999),
    "points": (-100, 100),
    "within_days": (1, 999),
    "half_life": (1, 999),
    "most": (1, 100),
    "min_score": (-100, 100),
}
_PLAIN = re.compile(r"-?\d{1,12}([.,]\d{1,4})?", re.ASCII)
Facts = dict[str, Any]
Wrong = dict[str, Sentence | list[Sentence]]


def clean_plain(raw: Mapping[str, Any], *, wrong: Wrong | None = None) -> Facts:
    """The same facts with their texts on a line, held against the lengths and bounds of their names.

    Raises `InvalidFields`, with what is in `wrong` besides.
    """
    found, refused = dict(raw), dict(wrong or {})
    for name, most in MOST_LETTERS.items():
        if name in found:
            text = str(found[name] or "")
            if len(text) > most:
                refused[name] = _("At most %(limit)s characters.") % {"limit": most}
            found[name] = clean_line(text, max_length=most)
            if name in NEEDED and not found[name]:
                refused[name] = _("This is required.")
    for name, (least, most) in BOUNDS.items():
        value = found.get(name)
        if value is not None and not least <= value <= most:
            refused[name] = _("Write a number between %(least)s and %(most)s.") % {"least": least, "most": most}
    if refused:
        raise InvalidFields(refused)
    return found


def clean_stage(raw: Mapping[str, Any], *, is_open: bool, onward: Collection[str]) -> Facts:
    """Facts of a stage; `onward` are the codes of those to which a deal may go from it. A stage that is won or lost
    has a chance of its own, and nothing comes after it. Raises `InvalidFields`.
    """
    wrong: Wrong = {}
    if set(raw.get("required", ())) - REQUIRABLE.keys():
        wrong["required"] = _("Choose among: %(names)s.") % {"names": ", ".join(REQUIRABLE)}
    if not is_open:
        ends = _("A stage for what was won or lost has a name and what it requires, nothing else.")
        wrong |= dict.fromkeys(raw.keys() & {"probability", "stale_after", "next_codes"}, ends)
    elif set(raw.get("next_codes", ())) - set(onward):
        wrong["next_codes"] = _("Choose other stages of this pipeline; lost is always possible.")
    found = clean_plain(raw, wrong=wrong)
    return found | {name: list(dict.fromkeys(found[name])) for name in ("required", "next_codes") if name in found}


def clean_score_rule(raw: Mapping[str, Any], *, way: str, field: str, operator: str, value: str) -> Facts:
    """Facts of a rule of scoring that will look at `field` in this `way` and compare it so with `value` (for more and
    less a plain number: 10000 or 0.5). Raises `InvalidFields`.
    """
    wrong: Wrong = {}
    if way not in dict(SCORING):
        wrong["way"] = _choice(dict(SCORING))
    elif field not in (FIT_FIELDS if way == "fit" else BEHAVIOURS):
        wrong["field"] = _("Choose one of those for what is looked at.")
    if "operator" in raw and raw["operator"] not in OPERATORS:
        wrong["operator"] = _choice(OPERATORS)
    if operator in COMPARING and way == "fit":
        if field not in NUMBERS:
            wrong["operator"] = _("Only what is a number can be more or less than another.")
        elif not _PLAIN.fullmatch(value.strip()):
            wrong["value"] = _("Write a number.")
    return clean_plain(raw, wrong=wrong)


def clean_assignment_rule(raw: Mapping[str, Any]) -> Facts:
    """Facts of a rule of assignment. Raises `InvalidFields`."""
    known: Mapping[str, Collection[str]] = {
        "gives": dict(GIVES),
        "way": dict(GIVING),
        "language": ("", *LANGUAGES),
    }
    wrong: Wrong = {
        name: _choice([one for one in codes if one])
        for name, codes in known.items()
        if name in raw and raw[name] not in codes
    }
    return clean_plain(raw, wrong=wrong)


def _choice(codes: Collection[str]) -> str:
    return _("Choose one of: %(names)s.") % {"names": ", ".join(codes)}
