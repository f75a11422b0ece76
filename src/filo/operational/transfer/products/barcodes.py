"""Barcodes as files hold them: a zero that a spreadsheet took away comes back, what is none costs the code alone."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from filo.operational.catalogue.figures import clean_barcode

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_LENGTHS = (8, 12, 13, 14)


def read_barcode(text: str, *, is_ean: bool) -> str:
    """The code of a cell. is_ean: its column holds codes of thirteen digits, so that one of twelve lost its zero.

    Raises ValueError with the sentence that says why it is none.
    """
    code = re.sub(r"[\s\-\u00a0]", "", text.strip().lstrip("'"))
    if _SCIENTIFIC.fullmatch(code):
        sentence = _("“%(text)s” is a barcode that a spreadsheet shortened: format the column as text. It is left out.")
        raise ValueError(sentence % {"text": text})
    code = re.sub(r"[.,]0+$", "", code)
    if not (code.isascii() and code.isdigit()):
        return clean_barcode(code)
    if len(code) == 11 and has_right_digit(code):
        return f"0{code}"
    if len(code) == 12 and is_ean and has_right_digit(code):
        return f"0{code}"
    if len(code) in _LENGTHS and not has_right_digit(code):
        raise ValueError(_("The last digit of the barcode %(code)s is not right: it is left out.") % {"code": code})
    return clean_barcode(code)


def has_right_digit(code: str) -> bool:
    """Whether the last digit is the one that the others demand; zeros before them change nothing."""
    total = sum(int(digit) * (1 if place % 2 == 0 else 3) for place, digit in enumerate(reversed(code)))
    return total % 10 == 0
