"""Which VAT numbers VIES knows of: those of the Union, with EL for Greece and XI for Northern Ireland."""

from __future__ import annotations

from typing import Final

_LETTERS: Final = """
AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI
"""
COUNTRIES: Final = frozenset(_LETTERS.split())


def asked_as(number: str) -> tuple[str, str] | None:
    """The country and the number by which VIES is asked about a VAT number as a card keeps it: eleven digits alone are
    Italian, all others have their letters in front. None where VIES does not know the country.
    """
    plain = "".join(number.split()).upper()
    front = "EL" if plain[:2] == "GR" else plain[:2]
    if plain.isdecimal() and plain.isascii() and len(plain) == 11:
        return "IT", plain
    return (front, plain[2:]) if front in COUNTRIES and plain[2:].isalnum() and plain.isascii() else None


def country_of(letters: str) -> str:
    """The country in the letters of an address: GR for Greece, GB for Northern Ireland."""
    return {"EL": "GR", "XI": "GB"}.get(letters, letters)
