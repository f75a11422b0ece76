"""What cells show of themselves: e-mails, telephones, tax numbers, places, the way days and numbers are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from filo.foundation.italy.comuni import comuni_of_postal_code
from filo.foundation.italy.contact import is_pec, normalise_phone
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.places import find_comune, province_code
from filo.foundation.italy.tax import clean_codice_fiscale, clean_vat
from filo.operational.transfer import figures
from filo.operational.transfer.mapping import OWN

MOST = 0.8
PERCENT, PERCENTS = "percent", frozenset(("discount", "vat_rate"))


def share(values: Sequence[str], says: Callable[[str], bool]) -> float:
    """How many of the values say so, from 0 to 1."""
    return sum(map(says, values)) / len(values) if values else 0.0


def by_content(values: Sequence[str], taken: set[str]) -> str:
    """The meaning that the values show; "" when they show none, or one that another column has."""
    for code, says in _SAYS.items():
        again = code in ("email", "phone", "web")
        if (again or code not in taken) and share(values, says) >= MOST:
            return "pec" if code == "email" and share(values, is_pec) >= MOST else code
    return ""


def format_of(field: str, values: Sequence[str], kind_of_own: str = "") -> str:
    """How the cells of a column with this meaning are to be read, as far as they show it (see `Column`)."""
    kind = kind_of_own.partition(" ")[0]
    if not field.startswith(OWN) and kind not in ("number", "money"):
        return kind_of_own if field else ""
    is_point = kind in ("number", "money") and figures.has_decimal_point(values)
    way = f"{kind} point" if is_point else kind
    return f"{way} {PERCENT}" if field in PERCENTS and _are_percents(values, is_point=is_point) else way


def _are_percents(values: Sequence[str], *, is_point: bool) -> bool:
    """Whether shares are written as percents: one of them is above 1. Else 0.15 is fifteen percent."""
    found = (figures.number(value.rstrip("% "), is_point=is_point) for value in values)
    return any(one is not None and one > 1 for one in found)


def _valid(clean: Callable[[str], object]) -> Callable[[str], bool]:
    def says(value: str) -> bool:
        try:
            clean(value)
        except InvalidIdentity:
            return False
        return True

    return says


def _is_phone(value: str) -> bool:
    if not re.fullmatch(r"[+(]?[\d\s()./\-]{8,25}", value) or (value.isdigit() and value[0] not in "03"):
        return False
    if re.fullmatch(
        r"\d+(?:\.\d+){3}|\d+[.,]\d+|\d{1,4}([./-])\d{1,2}\1\d{1,4}", value
    ):  # not a host, an amount, a day
        return False
    return _valid(normalise_phone)(value)


_SAYS: Mapping[str, Callable[[str], bool]] = {
    "email": lambda value: bool(re.fullmatch(r"[^\s@]+@[^\s@]+\.\w{2,}", value)),
    "web": lambda value: bool(re.match(r"(?:https?://|www\.)\S+$", value, re.IGNORECASE)),
    "vat_number": lambda value: bool(re.fullmatch(r"(?:IT)?\d{11}", value)) and _valid(clean_vat)(value),
    "codice_fiscale": lambda value: len(value) == 16 and _valid(clean_codice_fiscale)(value),
    "phone": _is_phone,
    "postal_code": lambda value: bool(re.fullmatch(r"\d{5}", value)) and bool(comuni_of_postal_code(value)),
    "province": lambda value: len(value) == 2 and value.isupper() and province_code(value) is not None,
    "city": lambda value: len(value) > 2 and find_comune(value) is not None,
}


def _none_is(says: Callable[[str], bool]) -> Callable[[Sequence[str]], bool | None]:
    """Whether hardly any value is Italian; None when there are too few to tell."""
    return lambda values: share(values, says) < 0.3 if len(values) >= 3 else None


IS_ITALIAN: Mapping[str, Callable[[str], bool]] = {
    "city": lambda value: find_comune(value) is not None,
    "province": lambda value: province_code(value) is not None,
    "postal_code": lambda value: value.isdigit() and bool(comuni_of_postal_code(value.zfill(5))),
}
# What shows that places are not in Italy: towns, provinces and postal codes that do not exist here.
PROOFS = {part: _none_is(says) for part, says in IS_ITALIAN.items()}
