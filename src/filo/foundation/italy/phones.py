"""Telephone numbers: the international form from whatever people write, Italian zeros kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from filo.foundation.folding import without_invisible
from filo.foundation.italy.errors import InvalidIdentity

_LABEL = re.compile(
    r"^(?:(?:telefono|tel|cellulare|cell|cel|fax|phone|mobile|mob|ph|n)(?:[.:°]|\b)|numero\b|[☎📞])[\s.:/]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"[\s,;(\-]*(?:interno|int|extension|ext|estensione|x|#)[\s.:]*([0-9]{1,7})\s*\)?$", re.IGNORECASE
)
# Italian numbers as nearly everybody writes them, about which nothing has to be found out: a mobile one, and a
# line with its zero. Without +39 a number that begins with 39 could be either.
_PLAIN = re.compile(r"(?P<code>(?:\+|00)39[ ./-]?)?(?P<number>(?:3[2-9]|0[1-9])(?:[ ./-]?[0-9]){4,9})", re.ASCII)
_NO_DIGIT = re.compile(r"[^0-9]")
_FEWEST_DIGITS = 5  # after the country code; shorter ones are service numbers that have no international form
_ITALY = 39
_LONGEST = 100  # as written, with label and remark


@dataclass(frozen=True)
class Phone:
    """A number in E.164, its extension apart, and whether it is known to be a mobile one."""

    e164: str
    extension: str = ""
    is_mobile: bool = False


@lru_cache(maxsize=2048)
def normalise_phone(value: str, region: str = "IT") -> Phone:
    """The number that `value` means when written in `region` (ISO 3166 letters).

    Numbers that are merely possible are taken too: numbering plans change faster than libraries. An Italian
    leading zero that a spreadsheet lost is restored where only so the number is valid.
    Raises InvalidIdentity.
    """
    plain = _plain_italian(value) if region == "IT" else None
    if plain is not None:
        return plain
    text = without_invisible(unicodedata.normalize("NFKC", value), keep="\t\n").strip()
    if not text:
        raise InvalidIdentity("phone-empty", _("Write the telephone number."))
    if len(text) > _LONGEST:
        raise _not_a_phone()
    text, extension = _apart_from_extension(_tidy(text))
    if re.search(r"[^\W\d_]", text):
        raise InvalidIdentity("phone-letters", _("A telephone number has no letters."))
    number = _with_italian_zero(_parse(text, region))
    digits = str(number.national_number)
    possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    if not possible or len(digits) < _FEWEST_DIGITS or len(set(digits)) == 1:
        raise _not_a_phone()
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(e164, extension or number.extension or "", _is_mobile(number))


def _plain_italian(value: str) -> Phone | None:
    """The number where it can be told without the library, which takes a hundred times as long; the same as it says."""
    found = _PLAIN.fullmatch(value.strip(" "))
    if found is None:
        return None
    digits = _NO_DIGIT.sub("", found["number"])
    is_mobile = digits.startswith("3")
    is_certain = len(digits) in (9, 10) and (found["code"] or not digits.startswith("39")) if is_mobile else True
    if not is_certain or len(set(digits[1:])) == 1:
        return None
    return Phone(f"+39{digits}", "", is_mobile)


def display_phone(e164: str) -> str:
    """The number as it is read, "+39 089 123456"; what is no E.164 number comes back as it is."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _tidy(text: str) -> str:
    """Without labels and a remark in brackets; the country code not twice and not as +039."""
    text = re.sub(r"\([^()0-9]*\)$", "", re.sub(r"[\s:]+", " ", _LABEL.sub("", text))).strip()
    text = re.sub(r"^\+0+(?=39)", "+", text)
    country = re.match(r"(?:\+|00)39\b", text)
    if country:
        rest = _LABEL.sub("", text[country.end() :].strip())
        return rest if re.match(r"(?:\+|00)39\b", rest) else f"+39 {rest}"
    return text


def _apart_from_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _parse(text: str, region: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, region.strip().upper() or "IT")
    except phonenumbers.NumberParseException:
        raise _not_a_phone() from None


def _with_italian_zero(number: PhoneNumber) -> PhoneNumber:
    """The same number, or the valid fixed line that it is with a zero before it."""
    if number.country_code != _ITALY or number.italian_leading_zero or phonenumbers.is_valid_number(number):
        return number
    fuller = PhoneNumber(
        country_code=_ITALY,
        national_number=number.national_number,
        italian_leading_zero=True,
        extension=number.extension,
    )
    return fuller if phonenumbers.is_valid_number(fuller) else number


def _is_mobile(number: PhoneNumber) -> bool:
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN and number.country_code == _ITALY:
        return not number.italian_leading_zero and str(number.national_number).startswith("3")
    return bool(kind == PhoneNumberType.MOBILE)


def _not_a_phone() -> InvalidIdentity:
    return InvalidIdentity("phone-format", _("This is not a telephone number. Write it with its area code."))
