"""How far two addresses agree, as a whole: the same door, street, or town; or the best pair of several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from filo.operational.doubles.likeness.streets import SMALL
from filo.operational.doubles.likeness.strings import is_mistyped
from filo.operational.doubles.likeness.traits import Place

DOOR, STREET, NUMBER, TOWN, ELSEWHERE, DIFFERENT = "door", "street", "number", "town", "elsewhere", "different"
_ORDER = (DOOR, STREET, NUMBER, ELSEWHERE, TOWN, DIFFERENT, "")
_RANK = {level: rank for rank, level in enumerate(_ORDER)}
_MOST = 6


def addresses(a: Sequence[Place], b: Sequence[Place]) -> tuple[str, str]:
    """The level of the two that agree best, and the town that they share; "" where nothing can be told."""
    if not a or not b:
        return "", ""
    if len(a) == len(b) == 1:
        return _places(a[0], b[0]) if a[0] <= b[0] else _places(b[0], a[0])
    pairs = [(one, other) if one <= other else (other, one) for one in a[:_MOST] for other in b[:_MOST]]
    return min((_places(*pair) for pair in pairs), key=lambda found: (_RANK[found[0]], found[1]))


@lru_cache(maxsize=131_072)
def _places(a: Place, b: Place) -> tuple[str, str]:
    town = _town(a, b)
    one_street = bool(a.street and b.street) and _is_one_street(a.street, b.street)
    if town is False:  # the same door there may be a hamlet here and its municipality there
        same = one_street and a.number and b.number and _is_one_number(a.number, b.number)
        return (ELSEWHERE if same else DIFFERENT), ""
    shared = a.city if a.city == b.city else ""
    if one_street:
        if a.number and b.number:
            return (DOOR if _is_one_number(a.number, b.number) else NUMBER), shared
        return STREET, shared
    if town is None:  # two streets, and no town said of one of them
        return (DIFFERENT, "") if a.street and b.street else ("", "")
    return TOWN, shared


def _town(a: Place, b: Place) -> bool | None:
    """Whether it is one town; None when that is not said."""
    if a.postal_code and a.postal_code == b.postal_code:
        return True
    if a.city and b.city:
        return (
            a.city == b.city
            or is_mistyped(a.city, b.city)
            or _is_one_street(tuple(a.city.split()), tuple(b.city.split()))
        )
    if a.postal_code and b.postal_code:  # the towns of one province share the beginning
        return a.postal_code[:3] == b.postal_code[:3] and (a.postal_code[3:] == "00" or b.postal_code[3:] == "00")
    return None


def _is_one_street(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """G. Garibaldi, Giuseppe Garibaldi and Garibaldi; one slip of the hand."""
    if a == b:
        return True
    first = {word for word in a if len(word) > 1 and word not in SMALL}
    second = {word for word in b if len(word) > 1 and word not in SMALL}
    if not first or not second:
        return set(a) <= set(b) or set(b) <= set(a)
    if first <= second or second <= first:
        return max(map(len, first & second)) > 2
    joined, other = "".join(sorted(first)), "".join(sorted(second))
    return is_mistyped(joined, other) or is_mistyped("".join(a), "".join(b))


def _is_one_number(a: str, b: str) -> bool:
    """12, 12a and 12/b are one door."""
    return a == b or a.rstrip("abcdefghijklmnopqrstuvwxyz") == b.rstrip("abcdefghijklmnopqrstuvwxyz")
