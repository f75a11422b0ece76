"""Tax numbers: the Italian VAT number and tax code, the VAT numbers of the Union, the e-invoicing code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.it import codicefiscale, iva

from filo.foundation.clock import now
from filo.foundation.folding import fold, without_invisible
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.titles import Gender

_SEPARATORS = re.compile(r"[\s./:·_\-–—]+")
_VAT_LABEL = re.compile(r"^(?:PARTITAIVA|PIVA|PI|VATNUMBER|VATNO|VAT)(?=[A-Z]{0,2}[0-9])")
_PERSONAL_CODE = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
# Omocodia: where two people would share a code, digits become letters from the right (DM 12-3-1974, art. 6).
_OMOCODIA: Final = str.maketrans("LMNPQRSTUV", "0123456789")
_MONTHS: Final = "ABCDEHLMPRST"

_WRONG_VAT: Final = _("This VAT number is not one of the chosen country. Check it against an invoice.")
_NO_TAX_CODE: Final = _("A tax code (codice fiscale) has 16 characters, or 11 digits for organisations.")


def clean_vat(value: str, country: str = "IT") -> str:
    """The VAT number in its plain form: 11 digits for Italy, with the country's letters for the Union.

    A leading zero that a spreadsheet lost is restored if the check digit then fits. The Italian check digit
    follows DM 23-12-1976; elsewhere in the Union each country's rule holds, and outside it only the shape.
    Raises InvalidIdentity.
    """
    number = _VAT_LABEL.sub("", _compact(value))
    country = country.strip().upper() or "IT"
    if not number:
        raise InvalidIdentity("vat-empty", _("Write the VAT number (partita IVA)."))
    if country == "IT":
        return _italian_vat(number.removeprefix("IT"))
    letters = "EL" if country == "GR" else country
    if letters.lower() in vat.MEMBER_STATES or letters == "EL":
        number = number if number.startswith(letters) else letters + number
        return _checked(vat.validate, number, _WRONG_VAT)
    if not re.fullmatch(r"[A-Z0-9]{2,20}", number):
        raise InvalidIdentity("vat-format", _("A VAT number has only letters and digits, 20 at most."))
    return number


def clean_codice_fiscale(value: str) -> str:
    """The tax code in capitals: 16 characters of a person (omocodia too) or 11 digits of an organisation.

    The rule is DM 12-3-1974 for persons and DM 23-12-1976 for others. Raises InvalidIdentity.
    """
    code = _compact(value)
    if not code:
        raise InvalidIdentity("tax-code-empty", _("Write the tax code (codice fiscale)."))
    if len(code) == 10 and _is_digits(code) and luhn.is_valid("0" + code):
        code = "0" + code
    if len(code) == 11 and _is_digits(code):
        if not luhn.is_valid(code) or not int(code):
            raise _wrong_tax_code()
        return code
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


def _italian_vat(digits: str) -> str:
    if not _is_digits(digits):
        raise InvalidIdentity("vat-format", _("An Italian VAT number (partita IVA) has only digits."))
    if len(digits) == 10 and iva.is_valid("0" + digits):
        return "0" + digits
    if len(digits) != 11:
        raise InvalidIdentity("vat-length", _("An Italian VAT number (partita IVA) has 11 digits."))
    return _checked(iva.validate, digits, _("No tax office gives out this VAT number (partita IVA)."))


def _checked(validate: Callable[[str], str], number: str, otherwise: str | Promise) -> str:
    """What stdnum gives back, or its refusal in our words."""
    try:
        return validate(number)
    except InvalidChecksum:
        sentence = _("This VAT number (partita IVA) has a wrong check digit.")
        raise InvalidIdentity("vat-check-digit", sentence) from None
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
