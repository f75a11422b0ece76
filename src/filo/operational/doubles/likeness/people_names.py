"""How far the names of two people agree: pet names, initials, swapped names, one name of two, slips of the hand."""

from __future__ import annotations

from functools import lru_cache

from filo.operational.doubles.likeness.nicknames import are_one_name
from filo.operational.doubles.likeness.strings import differ_in_gender, errors_between, is_mistyped, nearness, sound

Words = tuple[str, ...]

EXACT, NICKNAME, INITIAL, PART, NEAR, SIMILAR = "exact", "nickname", "initial", "part", "near", "similar"
GENDER, DIFFERENT, SWAPPED = "gender", "different", "swapped"
# Those by which a name may be the other one with nothing else wrong.
AGREEING = frozenset((EXACT, NICKNAME, PART, NEAR))
_NEAR, _SIMILAR = 0.92, 0.85


def given_names(a: Words, b: Words) -> str:
    """The level at which two given names agree; "" when one is not known."""
    if not a or not b:
        return ""
    return EXACT if a == b else _given(a, b) if a < b else _given(b, a)


def family_names(a: Words, b: Words) -> str:
    """The level at which two family names agree; "" when one is not known."""
    if not a or not b:
        return ""
    return EXACT if a == b else _family(a, b) if a < b else _family(b, a)


def are_swapped(a_given: Words, a_family: Words, b_given: Words, b_family: Words) -> bool:
    """Whether the given name of one is the family name of the other, both ways."""
    if not (a_given and a_family and b_given and b_family):
        return False
    one = family_names(a_given, b_family)
    if one not in (EXACT, NEAR):
        return False
    other = family_names(a_family, b_given)
    return other == EXACT or (other == NEAR and one == EXACT)


def whole_names(a: Words, b: Words) -> str:
    """The level at which whole names agree when it is not known which word is which."""
    if not a or not b:
        return ""
    first, second = "".join(sorted(a)), "".join(sorted(b))
    if first == second:
        return EXACT
    if _is_part(a, b) and min(len(a), len(b)) > 1:
        return PART
    if len(a) == len(b) and errors_between(first, second, 1) <= 1:
        return NEAR
    return "" if _is_part(a, b) else DIFFERENT


@lru_cache(maxsize=262_144)
def _given(a: Words, b: Words) -> str:
    first, second = "".join(a), "".join(b)
    if first == second:
        return EXACT
    if a[0] == b[0] and _is_part(a, b):
        return PART
    if are_one_name(" ".join(a), " ".join(b)) or are_one_name(a[0], b[0]):
        return NICKNAME
    if len(a[0]) == 1 or len(b[0]) == 1:
        return INITIAL if a[0][0] == b[0][0] else DIFFERENT
    if differ_in_gender(first, second):
        return GENDER
    if _is_part(a, b):
        return PART
    return _by_letters(first, second)


@lru_cache(maxsize=262_144)
def _family(a: Words, b: Words) -> str:
    first, second = "".join(a), "".join(b)
    if first == second:
        return EXACT
    if _is_part(a, b):
        return PART
    if len(first) == 1 or len(second) == 1:
        return INITIAL if first[0] == second[0] else DIFFERENT
    return _by_letters(first, second)


def _by_letters(first: str, second: str) -> str:
    alike = nearness(first, second)
    if is_mistyped(first, second) or alike >= _NEAR or (len(first) > 3 and sound(first) == sound(second)):
        return NEAR
    return SIMILAR if alike >= _SIMILAR else DIFFERENT


def _is_part(a: Words, b: Words) -> bool:
    """Whether one has all the words of the other and more: Maria and Maria Grazia, Rossi and Rossi Bianchi."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return len(few) < len(many) and max(map(len, few)) > 2 and set(few) <= set(many)
