"""Whether an Italian address fits together: postal code, municipality and province."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from filo.foundation.folding import without_invisible
from filo.foundation.italy.comuni import Comune, all_comuni, comuni, comuni_of_postal_code, find_comune
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.provinces import (
    FORMER_PROVINCES,
    PROVINCES,
    Province,
    find_province,
    province_code,
    region_of,
)

__all__ = [
    "FORMER_PROVINCES",
    "PROVINCES",
    "Comune",
    "Problem",
    "Province",
    "all_comuni",
    "check_postal_code",
    "clean_postal_code",
    "comuni",
    "comuni_of_postal_code",
    "find_comune",
    "find_province",
    "province_code",
    "region_of",
]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field of an address; what is not `certain` is a warning and refuses nothing."""

    field: str
    code: str
    sentence: str | Promise
    certain: bool = False


def clean_postal_code(value: str, country: str = "IT") -> str:
    """The postal code as it is kept; "" for nothing written.

    Italian ones have five digits; the leading zero that a spreadsheet lost comes back if the code then
    exists. Elsewhere capitals and single spaces, 12 characters at most. Raises InvalidIdentity.
    """
    text = " ".join(unicodedata.normalize("NFKC", without_invisible(value)).upper().split())
    if (country.strip().upper() or "IT") != "IT":
        if len(text) > 12:
            raise InvalidIdentity("postal-code-format", _("A postal code has 12 characters at most."))
        return text
    text = re.sub(r"^(?:I|IT|CAP)?[\s.:\-]*(?=[0-9])", "", text).replace(" ", "")
    if re.fullmatch(r"[0-9]{4}", text) and (comuni_of_postal_code("0" + text) or text.endswith("00")):
        return "0" + text
    if text and not re.fullmatch(r"[0-9]{5}", text):
        raise InvalidIdentity("postal-code-format", _("An Italian postal code (CAP) has five digits."))
    return text


def check_postal_code(
    cap: str, city: str | None = None, province: str | None = None, country: str = "IT"
) -> list[Problem]:
    """What does not fit in an address; nothing for other countries than Italy and for what is not written.

    Only a postal code that cannot be one is certain. Codes are renumbered, hamlets are written for their
    municipality and municipalities merge, so that everything else is a warning.
    """
    return list(_problems(cap, city, province)) if (country.strip().upper() or "IT") == "IT" else []


@lru_cache(maxsize=8192)  # customers live in the same places
def _problems(cap: str, city: str | None, province: str | None) -> tuple[Problem, ...]:
    try:
        code = clean_postal_code(cap)
    except InvalidIdentity as refusal:
        return (Problem("postal_code", refusal.code, refusal.sentence, certain=True),)
    letters = province_code(province) if province else None
    comune = find_comune(city, letters) if city else None
    problems = _problems_of_city(city or "", comune, letters)
    if province and province.strip() and not letters:
        problems.append(Problem("province", "province-unknown", _("There is no Italian province of this name.")))
    return (*problems, *(_problems_of_code(code, comune, letters) if code else ()))


def _problems_of_city(city: str, comune: Comune | None, letters: str | None) -> list[Problem]:
    if comune or not city.strip():
        return []
    elsewhere = find_comune(city) if letters else None
    if elsewhere:
        sentence = format_lazy(
            _("{city} is in the province of {province}."), city=elsewhere.name, province=elsewhere.province
        )
        return [Problem("province", "city-in-other-province", sentence)]
    sentence = _("There is no municipality of this name. If it is a hamlet, leave it as it is.")
    return [Problem("city", "city-unknown", sentence)]


def _problems_of_code(code: str, comune: Comune | None, letters: str | None) -> list[Problem]:
    if comune and (code in comune.postal_codes or not comune.postal_codes):
        return []
    if comune and code.endswith("00") and comune.postal_codes[0][:3] == code[:3]:
        sentence = format_lazy(
            _("{code} was the general code of {city}; now every street has its own, from {first} to {last}."),
            code=code,
            city=comune.name,
            first=comune.postal_codes[0],
            last=comune.postal_codes[-1],
        )
        return [Problem("postal_code", "postal-code-general", sentence)]
    there = comuni_of_postal_code(code)
    if not there:
        return [Problem("postal_code", "postal-code-unknown", _("This postal code (CAP) is not known."))]
    if letters and not any(letters in found.provinces for found in there):
        sentence = format_lazy(
            _("The postal code {code} is of the province of {province}."),
            code=code,
            province=there[0].province,
        )
        return [Problem("postal_code", "postal-code-of-other-province", sentence)]
    if comune:
        sentence = format_lazy(
            _("The postal code of {city} is {expected}."), city=comune.name, expected=_expected(comune)
        )
        return [Problem("postal_code", "postal-code-of-other-city", sentence)]
    return []


def _expected(comune: Comune) -> str:
    codes = comune.postal_codes
    return codes[0] if len(codes) == 1 else f"{codes[0]}–{codes[-1]}"
