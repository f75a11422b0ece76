"""How VAT numbers of other countries are written: their shape alone, for their check digits are no law of ours.

The Union and Northern Ireland: the European Commission's FAQ on VIES, question 11 (structure of VAT numbers). United
Kingdom: HMRC, VAT Notice 725, 16.19. Switzerland: MWSTG, article 26, with the UID of UIDG, article 4. San Marino: the
C.O.E., five digits (DM 21-6-2021).
"""

from __future__ import annotations

import re
from typing import Final

_BRITISH: Final = r"\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2}"
_TOLD: Final = {
    "AT": r"U\d{8}",
    "BE": r"[01]\d{9}",
    "BG": r"\d{9,10}",
    "CH": r"E\d{9}",
    "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}",
    "DE": r"\d{9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "EL": r"\d{9}",
    "ES": r"[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]",
    "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}",
    "GB": _BRITISH,
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]|\d{7}[A-Z]{2}",
    "LT": r"\d{9}|\d{12}",
    "LU": r"\d{8}",
    "LV": r"\d{11}",
    "MT": r"\d{8}",
    "NL": r"[A-Z0-9+*]{9}B[A-Z0-9+*]{2}",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
    "RO": r"\d{2,10}",
    "SE": r"\d{12}",
    "SI": r"\d{8}",
    "SK": r"\d{10}",
    "SM": r"\d{5}",
    "XI": _BRITISH,
}
SHAPES: Final = {letters: re.compile(told, re.ASCII) for letters, told in _TOLD.items()}
# ISO 3166-1, with Kosovo and the two that VAT alone knows: Greece as EL, Northern Ireland as XI.
_LETTERS: Final = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH EL ER ES ET FI FJ FK FM FO FR GA GB
GD GE GF GG GH GI GL GM GN GP GQ GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS XI XK YE YT ZA ZM ZW
"""
_COUNTRIES: Final = frozenset(_LETTERS.split())
_ANY = re.compile(r"(?=(?:.*[0-9]){3})[A-Z0-9]{3,18}", re.ASCII)
_SWISS_SUFFIX = re.compile(r"(?:MWST|TVA|IVA|VAT)$")


def letters_of(country: str) -> str:
    """The letters that a VAT number has in front: EL for Greece, those of ISO 3166 else."""
    return "EL" if country == "GR" else country


def is_country(letters: str) -> bool:
    """Whether these two letters can stand in front of a VAT number."""
    return letters in _COUNTRIES


def has_shape(country: str, number: str) -> bool:
    """Whether a number without its letters is written as that country writes them; where we know no shape, it has three
    digits at least, which words have not.
    """
    return bool(SHAPES.get(country, _ANY).fullmatch(number))


def bare(country: str, number: str) -> str:
    """A number without its letters as its country has it, zeros in front, no Swiss suffix, no letters twice."""
    number = number.removeprefix(country) if country not in ("FR", "ES") else number
    if country == "CH":
        return f"E{_SWISS_SUFFIX.sub('', number).removeprefix('E')}"
    if country == "BE" and len(number) == 9:
        return f"0{number}"
    return number.zfill(5) if country == "SM" else number
