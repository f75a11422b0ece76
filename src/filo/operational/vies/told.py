"""What VIES tells of a name and an address, and whether a card says the same. Addresses come as lines of text, as each
member state keeps them, and `---` where it tells nothing (Germany, Spain).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from filo.foundation.folding import fold
from filo.foundation.italy.provinces import PROVINCES
from filo.operational.vies.numbers import country_of

_CODE = r"(?:[A-Z]{1,2}-)?(?P<code>\d{2}-\d{3}|\d{4}-\d{3}|\d{3} \d{2}|\d{3,6})\s+(?P<city>\D+)"
_DUTCH = r"(?P<code>\d{4} ?[A-Z]{2})\s+(?P<city>\D+)"
_CODES = frozenset(province.code for province in PROVINCES)
_PROVINCE = re.compile(r"^(?P<city>.+?)\s+\(?(?P<province>[A-Z]{2})\)?$")


def plain_words(text: object) -> str:
    """What is told in lines without doubles of spaces; empty for what stands for nothing."""
    lines = [" ".join(line.split()) for line in str(text or "").splitlines()]
    found = "\n".join(line for line in lines if line)
    return "" if set(found) <= set("-– \n") else found


def same_name(told: str, ours: str) -> bool:
    """Whether both mean one firm: signs, capitals and the dots of legal forms aside."""
    return _pressed(told) == _pressed(ours)


def same_address(told: str, ours: Iterable[str]) -> bool:
    """Whether all that is told stands in one of our addresses; provinces and countries aside."""
    words = {word for word in fold(told).split() if word.upper() not in _CODES}
    return any(words <= set(fold(address).split()) for address in ours)


def read_address(told: str, country: str) -> dict[str, str]:
    """Street, postal code, city and province of an address as it is told, as far as they can be made out: what cannot
    stays in the street.
    """
    lines = told.split("\n") if "\n" in told else [part.strip() for part in told.split(",") if part.strip()]
    found = {"street": "", "postal_code": "", "city": "", "province": "", "country": country_of(country)}
    placed = [_placed(line, country) for line in lines]
    place = next((place for place in reversed(range(len(lines))) if placed[place]), None)
    if place is not None:
        found |= placed[place] or {}
        province = _PROVINCE.fullmatch(found["city"]) if country == "IT" else None
        if province and province["province"] in _CODES:
            found |= {"city": province["city"], "province": province["province"]}
        lines = lines[:place]
    found["street"] = ", ".join(lines)[:200]
    return found


def _placed(line: str, country: str) -> Mapping[str, str] | None:
    """The postal code and the city, where a line has both."""
    match = re.fullmatch(_DUTCH if country == "NL" else _CODE, line, re.IGNORECASE)
    return {"postal_code": match["code"], "city": match["city"].strip()[:120]} if match else None


def _pressed(text: str) -> str:
    return fold(text).replace(" ", "")
