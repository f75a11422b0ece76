"""Tax numbers with right check characters, for people and firms that do not exist."""

from __future__ import annotations

import random
from datetime import date

from stdnum import luhn
from stdnum.it import codicefiscale

from filo.foundation.italy import tax
from filo.foundation.italy.places import Comune

_MONTHS = "ABCDEHLMPRST"
_INTERMEDIARIES = ("M5UXCR1", "KRRH6B9", "SUBM70N", "W7YVJK9", "T04ZHR3", "USAL8PV", "BA6ET11", "0000000")


def vat_number(rng: random.Random, office: int) -> str:
    """A P.IVA: seven digits of the firm, three of the tax office, a check digit (DM 23-12-1976)."""
    digits = f"{rng.randint(100_000, 4_999_999):07d}{office:03d}"
    return digits + luhn.calc_check_digit(digits)


def public_body_code(rng: random.Random) -> str:
    """The codice fiscale of a public body: eleven digits that begin with 8 or 9."""
    digits = f"{rng.choice('89')}{rng.randint(0, 9_999_999):07d}{rng.randint(1, 99):02d}"
    return digits + luhn.calc_check_digit(digits)


def codice_fiscale(given: str, family: str, born: date, gender: str, birthplace: Comune) -> str:
    """The tax code of a person (DM 12-3-1974)."""
    day = born.day + (40 if gender == "female" else 0)
    month = _MONTHS[born.month - 1]
    code = f"{tax.family_name_code(family)}{tax.given_name_code(given)}{born.year % 100:02d}{month}{day:02d}"
    code += birthplace.cadastral_code
    return code + codicefiscale.calc_check_digit(code)


def sdi_code(rng: random.Random, *, public: bool = False) -> str:
    """Where electronic invoices go: six characters for public bodies, seven for others."""
    if public:
        return "UF" + "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=4))
    return rng.choice(_INTERMEDIARIES)
