"""Columns of a file that no party has, compared by what stands in them: text, phrase, code, day or number."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from filo.operational.doubles.likeness.contacts import days
from filo.operational.doubles.likeness.firm_names import firm_names
from filo.operational.doubles.likeness.model import Chances, Column, Model
from filo.operational.doubles.likeness.strings import errors_between, is_mistyped, nearness
from filo.operational.doubles.likeness.traits import Traits

# How often a level occurs with one and with two, until a file tells it better.
CHANCES: dict[str, dict[str, tuple[float, float]]] = {
    "text": {
        "exact": (0.7, 0.02),
        "words": (0.02, 0.001),
        "near": (0.1, 0.005),
        "most": (0.04, 0.005),
        "part": (0.03, 0.02),
        "similar": (0.02, 0.02),
        "different": (0.09, 0.929),
    },
    "phrase": {
        "exact": (0.5, 0.0005),
        "words": (0.05, 0.0002),
        "near": (0.1, 0.0005),
        "most": (0.12, 0.001),
        "part": (0.08, 0.005),
        "within": (0.03, 0.0005),
        "little": (0.03, 0.03),
        "acronym": (0.01, 0.0003),
        "different": (0.09, 0.96),
    },
    "code": {
        "exact": (0.8, 0.005),
        "typo": (0.08, 0.01),
        "near": (0.02, 0.02),
        "different": (0.1, 0.965),
    },
    "day": {
        "exact": (0.8, 0.0002),
        "placeholder": (0.02, 0.0002),
        "typo": (0.08, 0.001),
        "part": (0.04, 0.005),
        "different": (0.06, 0.9936),
    },
    "number": {
        "exact": (0.6, 0.02),
        "near": (0.15, 0.03),
        "different": (0.25, 0.95),
    },
}
# What the members of a household and an office may well share, unlike codes and days of birth.
_SHARED_AT_HOME = ("text", "phrase", "number")


def chances_of(column: Column) -> dict[str, Chances]:
    """The chances of a column before a file has told its own."""
    return {level: chances_at(column, same, two) for level, (same, two) in CHANCES[column.compared_as].items()}


def chances_at(column: Column, same: float, strangers: float) -> Chances:
    """Against near ones a column that they may share tells at most a bit."""
    near = (same + strangers) / 2 if column.compared_as in _SHARED_AT_HOME else strangers
    return Chances(same, strangers, near, near)


def add(spoken: list[tuple[str, str, float]], a: Traits, b: Traits, model: Model) -> None:
    """What these columns say."""
    for column, first, second in zip(model.columns, a.more, b.more, strict=True):
        if not first or not second:
            continue
        if column.compared_as == "phrase":
            level = firm_names(tuple(first.split()), tuple(second.split()), model.commonness.rarity_in(column.name))
        else:
            level = _COMPARED[column.compared_as](first, second)
        share = model.commonness.of(column.name, first) if level == "exact" else 0.0
        spoken.append((column.name, level, share))


def _texts(a: str, b: str) -> str:
    return "exact" if a == b else _text(a, b) if a < b else _text(b, a)


@lru_cache(maxsize=262_144)
def _text(a: str, b: str) -> str:
    first, second = a.split(), b.split()
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return "words"
    if is_mistyped(a, b):
        return "near"
    shared = len(set(first) & set(second)) / len(set(first) | set(second))
    alike = nearness(a, b)
    if shared >= 0.7 or alike >= 0.93:
        return "most"
    if shared >= 0.4:
        return "part"
    return "similar" if alike >= 0.85 else "different"


def _codes(a: str, b: str) -> str:
    if a == b:
        return "exact"
    errors = errors_between(a, b, 2)
    return "typo" if errors == 1 else "near" if errors == 2 and min(len(a), len(b)) > 5 else "different"


def _numbers(a: str, b: str) -> str:
    if a == b:
        return "exact"
    try:
        first, second = float(a), float(b)
    except ValueError:
        return "different"
    return "near" if abs(first - second) <= 0.02 * max(abs(first), abs(second)) else "different"


_COMPARED: dict[str, Callable[[str, str], str]] = {"text": _texts, "code": _codes, "day": days, "number": _numbers}
