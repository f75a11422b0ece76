"""Tax numbers: the Italian VAT number and tax code, the VAT numbers of the Union, the e-invoicing code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.it import codicefiscale, iva

from filo.foundation.clock import now
from filo.foundation.folding import fold, without_invisible
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.titles import Gender
from filo.foundation.italy.vat_shapes import SHAPES, bare, has_shape, is_country, letters_of

_SEPARATORS = re.compile(r"[\s./:·_\-–—]+")
_VAT_LABEL = re.compile(r"^(?:PARTITAIVA|PIVA|PI|VATNUMBER|VATNO|VAT)(?=[A-Z]{0,2}[0-9])")
_PERSONAL_CODE = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
# Omocodia: where two people would share a code, digits become letters from the right (DM 12-3-1974, art. 6).
_OMOCODIA: Final = str.maketrans("LMNPQRSTUV", "0123456789")
_MONTHS: Final = "ABCDEHLMPRST"

_WRONG_DIGIT: Final = _("This VAT number (partita IVA) has a wrong check digit.")
_ODD: Final = ("vat-check-digit", "vat-unknown")
_NO_TAX_CODE: Final = _("A tax code (codice fiscale) has 16 characters, or 11 digits for organisations.")


def clean_vat(value: str, country: str = "IT", *, odd_too: bool = False) -> str:
    """The VAT number as it is kept: 11 digits where it is Italian, the two letters of its country in front elsewhere.

    Two letters in front that are a country say whose it is; without them it is of `country` (that of the address),
    but 11 digits that the Italian office gave out are Italian wherever their firm is (direct identification: DPR
    633/72, article 35-ter). Greece is EL (dir. 2006/112, article 215). A leading zero that a spreadsheet lost is
    restored if the Italian check digit (DM 23-12-1976) then fits; abroad the shape alone is checked, as in
    `vat_shapes`. What was cleaned once stays as it is, whatever the address. odd_too: an Italian number of eleven
    digits is taken although no office can have given it out, as those in samples. Raises InvalidIdentity.
    """
    number = _VAT_LABEL.sub("", _compact(value))
    country = letters_of(country.strip().upper())
    country = country if is_country(country) else "IT"
    if not number:
        raise InvalidIdentity("vat-empty", _("Write the VAT number (partita IVA)."))
    front = letters_of(number[:2])
    if front != "IT" and is_country(front) and not _PERSONAL_CODE.fullmatch(number):
        rest = bare(front, number[2:])
        if has_shape(front, rest) or (front in SHAPES and country in (front, "IT")):
            return _foreign_vat(front, rest)
    if front == "IT" or country == "IT":
        return _italian_vat(number.removeprefix("IT"), odd_too=odd_too)
    return number if len(number) == 11 and iva.is_valid(number) else _foreign_vat(country, bare(country, number))


def vat_country(number: str) -> str:
    """The country of a VAT number as `clean_vat` leaves it, in the letters of ISO 3166: GR for Greece."""
    return number[:2].replace("EL", "GR") if number[:2].isalpha() else "IT"


def vats_of(country: str, number: str) -> list[str]:
    """How a number may be kept that a document tells with its country apart: first as `clean_vat` leaves it."""
    front = letters_of(country.upper() or "IT")
    whole = number if number.startswith(front) else f"{front}{number}"
    if front == "IT":
        return [number, whole]
    try:
        return [clean_vat(whole)]
    except InvalidIdentity:
        return [whole]


def is_odd_vat(value: str) -> bool:
    """Whether this is an Italian VAT number in shape alone: no office can have given it out."""
    try:
        clean_vat(value)
    except InvalidIdentity as error:
        return error.code in _ODD
    return False


def has_wrong_check_digit(number: str) -> bool:
    """Whether an Italian VAT number, or the tax code of an organisation, is wrong by its last digit alone."""
    digits = _compact(number).removeprefix("IT")
    return len(digits) == 11 and _is_digits(digits) and not luhn.is_valid(digits)


def clean_codice_fiscale(value: str, *, odd_too: bool = False) -> str:
    """The tax code in capitals: 16 characters of a person (omocodia too) or 11 digits of an organisation.

    The rule is DM 12-3-1974 for persons and DM 23-12-1976 for others. odd_too: eleven digits are taken although the
    last of them is wrong. Raises InvalidIdentity.
    """
    code = _compact(value)
    if not code:
        raise InvalidIdentity("tax-code-empty", _("Write the tax code (codice fiscale)."))
    if len(code) == 10 and _is_digits(code) and luhn.is_valid("0" + code):
        code = "0" + code
    if len(code) == 11 and _is_digits(code):
        if odd_too or (luhn.is_valid(code) and int(code)):
            return code
        raise _wrong_tax_code()
    if len(code) != 16:
        raise InvalidIdentity("tax-code-length", _NO_TAX_CODE)
    if not _PERSONAL_CODE.fullmatch(code):
        raise InvalidIdentity("tax-code-format", _("This is not how a tax code (codice fiscale) is made."))
    if codicefiscale.calc_check_digit(code[:-1]) != code[-1]:
        raise _wrong_tax_code()
    _birth_date(code, today=now().date())
    return code


def birth_facts(codice_fiscale: str) -> tuple[date, Gender]:
    """The birth date and gender in a person's tax code; the century is the latest that is not in the future.

    Raises InvalidIdentity, also for the 11 digits of an organisation.
    """
    code = clean_codice_fiscale(codice_fiscale)
    if len(code) != 16:
        raise InvalidIdentity("tax-code-of-organisation", _("This tax code belongs to an organisation."))
    female = int(code[9:11].translate(_OMOCODIA)) > 40
    return _birth_date(code, today=now().date()), "female" if female else "male"


def matches_person(
    codice_fiscale: str,
    *,
    given_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
    gender: str = "",
) -> list[str]:
    """The names of the given facts that disagree with the tax code; what is empty is not compared.

    The first of several given names alone agrees too, and so does the date a century apart.
    Raises InvalidIdentity if the code itself is wrong.
    """
    born, coded_gender = birth_facts(codice_fiscale)
    code = clean_codice_fiscale(codice_fiscale)
    differing: list[str] = []
    possible = {given_name_code(given_name), given_name_code(given_name.strip().partition(" ")[0])}
    if fold(given_name) and code[3:6] not in possible:
        differing.append("given_name")
    if fold(family_name) and code[:3] != family_name_code(family_name):
        differing.append("family_name")
    if birth_date and birth_date.strftime("%y%m%d") != born.strftime("%y%m%d"):
        differing.append("birth_date")
    if gender in {"male", "female"} and gender != coded_gender:
        differing.append("gender")
    return differing


def clean_sdi_code(value: str) -> str:
    """The recipient code for e-invoices in capitals: 7 characters, or 6 for the public administration.

    0000000 (by certified mail or none) and XXXXXXX (abroad) are allowed, as in the FatturaPA specification;
    a lone 0 is what a spreadsheet leaves of 0000000. Raises InvalidIdentity.
    """
    code = _compact(value)
    if code and set(code) == {"0"}:
        return "0000000"
    if not re.fullmatch(r"[A-Z0-9]{6,7}", code):
        raise InvalidIdentity(
            "sdi-code-format",
            _("A recipient code (codice destinatario) has 7 letters or digits, or 6 for public bodies."),
        )
    return code


def _compact(value: str) -> str:
    return _SEPARATORS.sub("", without_invisible(unicodedata.normalize("NFKC", value), keep="\t\n")).upper()


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _wrong_tax_code() -> InvalidIdentity:
    return InvalidIdentity("tax-code-check-digit", _("This tax code (codice fiscale) has a wrong check digit."))


def _italian_vat(digits: str, *, odd_too: bool) -> str:
    if not _is_digits(digits):
        raise InvalidIdentity("vat-format", _("An Italian VAT number (partita IVA) has only digits."))
    if len(digits) == 10 and iva.is_valid("0" + digits):
        return "0" + digits
    if len(digits) != 11:
        raise InvalidIdentity("vat-length", _("An Italian VAT number (partita IVA) has 11 digits."))
    if odd_too:
        return digits
    if not luhn.is_valid(digits):
        raise InvalidIdentity("vat-check-digit", _WRONG_DIGIT)
    return _checked(iva.validate, digits, _("No tax office gives out this VAT number (partita IVA)."))


def _foreign_vat(country: str, number: str) -> str:
    if has_shape(country, number):
        return country + number
    if country in SHAPES:
        sentence = _("A VAT number of {country} is not written like this. Check it against an invoice.")
        raise InvalidIdentity("vat-format", format_lazy(sentence, country=country))
    raise InvalidIdentity("vat-format", _("A VAT number has only letters and digits, 18 at most, and some are digits."))


def _checked(validate: Callable[[str], str], number: str, otherwise: str | Promise) -> str:
    """What stdnum gives back, or its refusal in our words."""
    try:
        return validate(number)
    except InvalidChecksum:
        raise InvalidIdentity("vat-check-digit", _WRONG_DIGIT) from None
    except InvalidLength:
        raise InvalidIdentity("vat-length", otherwise) from None
    except (ValidationError, ValueError, LookupError):
        raise InvalidIdentity("vat-unknown", otherwise) from None


def _birth_date(code: str, *, today: date) -> date:
    """The date in a well-formed personal code."""
    day = int(code[9:11].translate(_OMOCODIA))
    month = _MONTHS.index(code[8]) + 1
    year = today.year // 100 * 100 + int(code[6:8].translate(_OMOCODIA))
    try:
        born = date(year, month, day - 40 if day > 40 else day)
        return born if born <= today else born.replace(year=year - 100)
    except ValueError:
        sentence = _("The birth date in this tax code (codice fiscale) does not exist.")
        raise InvalidIdentity("tax-code-date", sentence) from None


def _letters(name: str) -> tuple[str, str]:
    """The consonants and the vowels of a name, in capitals."""
    plain = [letter for letter in fold(name).upper() if "A" <= letter <= "Z"]
    return "".join(x for x in plain if x not in "AEIOU"), "".join(x for x in plain if x in "AEIOU")


def family_name_code(name: str) -> str:
    """The three letters of a family name in a tax code (DM 12-3-1974, art. 2)."""
    consonants, vowels = _letters(name)
    return (consonants + vowels + "XXX")[:3]


def given_name_code(name: str) -> str:
    """The three letters of the given names in a tax code (DM 12-3-1974, art. 3)."""
    consonants, vowels = _letters(name)
    if len(consonants) > 3:
        return consonants[0] + consonants[2:4]
    return (consonants + vowels + "XXX")[:3]
