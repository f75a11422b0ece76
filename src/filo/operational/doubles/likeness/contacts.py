"""How far e-mail addresses, numbers, tax codes and days agree: one digit wrong is not another number."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from filo.operational.doubles.likeness.strings import errors_between

EXACT, TYPO, LOCAL, RANGE, PART, NEAR = "exact", "typo", "local", "range", "part", "near"
MOBILE, DIFFERENT, PLACEHOLDER = "mobile", "different", "placeholder"
# Italy, Switzerland, Great Britain, France, Germany, Spain: a mobile is less often shared than a fixed line.
_OF_MOBILES = re.compile(r"\+(?:393|417|447|33[67]|491[567]|34[67])")
_YEAR_FIRST = re.compile(r"(?P<year>(?:1[89]|20)\d\d)([./\- ]?)(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})([./\- ])(?P<month>\d{1,2})\2(?P<year>(?:1[89]|20)\d\d)")
_NO_DAYS = frozenset(("19000101", "19700101", "20000101"))  # what programs write for no day
_MOST = 8  # whoever has more addresses than this is compared by equal ones alone
_SHORTEST_LOCAL = 6
# Letter boxes that half the firms have.
_EVERYBODYS_WORDS = """
    info contact contatti mail email posta segreteria amministrazione direzione ufficio commerciale vendite
    sales office admin hello ciao booking prenotazioni support supporto assistenza acquisti ordini fatture
    contabilita reception studio service
"""
_EVERYBODYS = frozenset(_EVERYBODYS_WORDS.split())


def emails(a: AbstractSet[str], b: AbstractSet[str]) -> str:
    """The level of the two addresses that agree best; "" when one side has none."""
    if not a or not b:
        return ""
    if not a.isdisjoint(b):
        return EXACT
    if len(a) > _MOST or len(b) > _MOST:
        return DIFFERENT
    levels = {_email(one, other) for one in a for other in b}
    return TYPO if TYPO in levels else LOCAL if LOCAL in levels else DIFFERENT


def _email(a: str, b: str) -> str:
    if errors_between(a, b, 2) <= 2 and min(len(a), len(b)) > 8:
        first, _at, first_domain = a.partition("@")
        second, _at, second_domain = b.partition("@")
        if (first == second and first not in _EVERYBODYS) or (
            first_domain == second_domain and _is_slip(first, second)
        ):
            return TYPO
    first, second = a.partition("@")[0], b.partition("@")[0]
    same = first == second and len(first) >= _SHORTEST_LOCAL and first not in _EVERYBODYS
    return LOCAL if same else DIFFERENT


def _is_slip(a: str, b: str) -> bool:
    """A letter wrong in a long name; but mario.rossi2 and mario.rossi3 are two people."""
    if a.rstrip("0123456789") == b.rstrip("0123456789"):
        return False
    return min(len(a), len(b)) >= _SHORTEST_LOCAL and errors_between(a, b, 1) <= 1


def phones(a: AbstractSet[str], b: AbstractSet[str]) -> str:
    """The level of the two numbers that agree best; "" when one side has none."""
    if not a or not b:
        return ""
    if not a.isdisjoint(b):
        return MOBILE if any(map(_OF_MOBILES.match, a & b)) else EXACT
    if len(a) > _MOST or len(b) > _MOST:
        return DIFFERENT
    levels = {_phone(one, other) for one in a for other in b}
    return TYPO if TYPO in levels else RANGE if RANGE in levels else DIFFERENT


def _phone(a: str, b: str) -> str:
    """A number one digit away is mistyped; one that differs at its end alone may be the next desk's."""
    if len(a) < 8 or len(b) < 8:
        return DIFFERENT
    if a[:-2] == b[:-2] or (len(a) != len(b) and (a.startswith(b) or b.startswith(a))):
        return RANGE
    return TYPO if errors_between(a, b, 1) <= 1 else DIFFERENT


def codes(a: str, b: str) -> str:
    """The level at which two tax codes agree; "" when one is not known."""
    if not a or not b:
        return ""
    if a == b:
        return EXACT
    return TYPO if errors_between(a, b, 1) <= 1 else DIFFERENT


def tax_codes(a: str, b: str) -> str:
    """The level at which two people's tax codes agree; those of one day and sex may be a name written otherwise."""
    level = codes(a, b)
    return PART if level == DIFFERENT and len(a) == len(b) == 16 and a[6:11] == b[6:11] else level


def days(a: str, b: str) -> str:
    """The level at which two days (19700131) agree; "" when one is not known."""
    if not a or not b:
        return ""
    if a == b:
        return PLACEHOLDER if a.endswith("0101") else EXACT
    if a in _NO_DAYS or b in _NO_DAYS:
        return ""
    if len(a) != 8 or len(b) != 8:
        return DIFFERENT
    if errors_between(a, b, 1) <= 1 or (a[:4] == b[:4] and a[4:6] == b[6:] and a[6:] == b[4:6]):
        return TYPO
    alike = (a[:4] == b[:4]) + (a[4:6] == b[4:6]) + (a[6:] == b[6:])
    return PART if alike == 2 else DIFFERENT


def digits_of_day(written: str) -> str:
    """19700131 of a day in any usual order of its numbers; "" for what is none."""
    found = _YEAR_FIRST.fullmatch(written.strip()) or _DAY_FIRST.fullmatch(written.strip())
    if not found:
        return ""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    if month > 12 >= day:
        month, day = day, month
    return f"{year}{month:02}{day:02}" if 0 < month < 13 and 0 < day < 32 else ""


def domains(a: AbstractSet[str], b: AbstractSet[str]) -> str:
    """Whether two firms share a domain of their own; "" when one side has none."""
    if not a or not b:
        return ""
    return DIFFERENT if a.isdisjoint(b) else EXACT
