"""Figures as lists of products write them: which sign parts decimals is read from the whole column, in which currency
an amount is from its cell, its header or a column of currencies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from filo.foundation.money import CURRENCIES

_SYMBOLS = {"€": "EUR", "EURO": "EUR", "$": "USD", "US$": "USD", "CA$": "CAD", "A$": "AUD", "£": "GBP", "¥": "JPY"}
_SYMBOLS |= {"FR.": "CHF", "SFR.": "CHF", "ZŁ": "PLN", "KČ": "CZK", "₺": "TRY", "₹": "INR"}
_KNOWN = {**_SYMBOLS, **{code: code for code in CURRENCIES}}
_CURRENCY = re.compile("|".join(re.escape(known) for known in sorted(_KNOWN, key=len, reverse=True)), re.IGNORECASE)
_BODY = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
# 12,- and 12,50/pz and 12,50 + IVA, as prices are written by hand; with VAT in it none is taken.
_BESIDE = re.compile(r"[.,](?:-{1,2}|–)$|/[a-z]+\.?$|\+iva$", re.IGNORECASE)
# What a spreadsheet itself writes for a number: a point, and no zeros at the end.
_BY_MACHINE = re.compile(r"[+-]?\d+\.\d*[1-9]")
COMMA, POINT = ",", "."


@dataclass(frozen=True)
class Sign:
    """What parts decimals in a column. doubtful: the first row whose figure could be read in two ways, with its text;
    None where the file itself tells.
    """

    decimals: str
    doubtful: tuple[int, str] | None = None


@lru_cache(maxsize=4096)
def parted(text: str) -> tuple[str, str]:
    """The figure of a cell, and the currency that stands beside it ("" for none)."""
    body = _SPACES.sub("", text)
    found = _CURRENCY.search(body)
    if found:
        body = (body[: found.start()] + body[found.end() :]).strip()
    return _BESIDE.sub("", body), _KNOWN[found[0].upper()] if found else ""


def currency_in(header: str) -> str:
    """The currency that a header names: "Price (USD)", "Prezzo €"."""
    words = [word for word in re.split(r"[\s()\[\]/_:]+", header) if word]
    return next((_KNOWN[word.upper()] for word in words if word.upper() in _KNOWN), "")


def currency_of(text: str) -> str:
    """The code of a currency in a cell of its own; what is none comes back as it is."""
    return _KNOWN.get(text.strip().upper(), text.strip().upper())


def _proof(body: str) -> str:
    """The sign that can only part decimals in this figure; "" where it has no sign, or could be read in two ways."""
    commas, points = body.count(COMMA), body.count(POINT)
    if commas and points:
        return COMMA if body.rfind(COMMA) > body.rfind(POINT) else POINT
    if not commas and not points:
        return ""
    sign, other = (COMMA, POINT) if commas else (POINT, COMMA)
    if commas + points > 1:
        return other  # 1.234.567
    head, _sign, tail = body.lstrip("+-").partition(sign)
    return sign if len(tail) != 3 or head.startswith("0") or not 0 < len(head) <= 3 else ""


def figure(body: str, decimals: str) -> Decimal:
    """The number that is written; `decimals` decides where it could be two. Raises ValueError."""
    if not _BODY.fullmatch(body):
        raise ValueError(body)
    sign = _proof(body) or decimals
    whole, _sign, rest = body.rpartition(sign) if sign in body else (body, "", "")
    if COMMA in rest or POINT in rest or ((COMMA in whole or POINT in whole) and not _GROUPS.fullmatch(whole)):
        raise ValueError(body)
    return Decimal(f"{whole.replace(COMMA, '').replace(POINT, '') or '0'}.{rest or '0'}")


def is_by_machine(text: str) -> bool:
    """Whether a spreadsheet can have written it for a number, and nobody by hand."""
    return bool(_BY_MACHINE.fullmatch(text.strip()))


def signs_of(
    columns: Mapping[str, Sequence[tuple[int, str]]], *, is_italian: bool, of_a_sheet: bool
) -> dict[str, Sign]:
    """What parts decimals in each column of (row, text): what its figures prove, else those of the other columns, else
    the language of the file. Weights with three digits after the sign are kilograms with their grams.
    """
    proofs: dict[str, set[str]] = {}
    open_ones: dict[str, tuple[int, str]] = {}
    for name, cells in columns.items():
        bodies = [(number, parted(text)[0], text) for number, text in cells if not (of_a_sheet and is_by_machine(text))]
        proofs[name] = {sign for _number, body, _text in bodies if (sign := _proof(body))}
        doubtful = ((number, text) for number, body, text in bodies if _is_doubtful(body))
        if (first := next(doubtful, None)) is not None:
            open_ones[name] = first
    of_all = set[str]().union(*proofs.values())
    found = {}
    for name, proven in proofs.items():
        usual = COMMA if is_italian else POINT
        if len(proven) == 1:
            found[name] = Sign(next(iter(proven)))
        elif name == "weight" and name in open_ones:
            found[name] = Sign(COMMA if COMMA in open_ones[name][1] else POINT)
        elif not proven and len(of_all) == 1:
            found[name] = Sign(next(iter(of_all)))
        else:
            found[name] = Sign(usual, open_ones.get(name))
    return found


def _is_doubtful(body: str) -> bool:
    return bool(_BODY.fullmatch(body)) and (COMMA in body or POINT in body) and not _proof(body)
