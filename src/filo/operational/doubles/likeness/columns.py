"""Columns of a file that no party has, compared by what stands in them: text, code, day or number."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from filo.operational.doubles.likeness.contacts import days
from filo.operational.doubles.likeness.model import Model
from filo.operational.doubles.likeness.strings import errors_between, is_mistyped, nearness
from filo.operational.doubles.likeness.traits import Traits

LEVELS = {
    "text": ("exact", "words", "near", "most", "part", "similar", "different"),
    "code": ("exact", "typo", "near", "different"),
    "day": ("exact", "placeholder", "typo", "part", "different"),
    "number": ("exact", "near", "different"),
}


def add(spoken: list[tuple[str, str, float]], a: Traits, b: Traits, model: Model) -> None:
    """What these columns say."""
    for column, first, second in zip(model.columns, a.more, b.more, strict=True):
        if not first or not second:
            continue
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
