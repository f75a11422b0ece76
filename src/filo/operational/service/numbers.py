"""The number of a request: six digits or more and one that tells a slip of the tongue or of the finger.

The last digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004): it finds every single
wrong digit and every two neighbours that changed places.
"""

from __future__ import annotations

import re

FIRST = 100_001
_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
# As people write it: #100234-7, n. 100234 7, richiesta 1002347. Not a piece of a longer number, price or date.
_WRITTEN = re.compile(r"(?<![\d.,/-])(\d{6,9})[\s\-–.]?(\d)(?![\d/]|[.,]\d)")
_OWN_WORDS = re.compile(r"richiesta|request|ticket|pratica|numero|number", re.IGNORECASE)
_OTHER_WORDS = re.compile(r"[^\W\d_]{3,}")
_NAMED = re.compile(
    r"(?:#|\bn(?:r|um|umero)?[.°º]?\s*|\b(?:richiesta|pratica|ticket|request|case|segnalazione)\s*(?:n(?:r|um|umero)?[.°º]?\s*|#|number\s*)?)$",
    re.IGNORECASE,
)


def check_digit(number: int) -> int:
    """Damm's digit for a number."""
    state = 0
    for digit in str(number):
        state = int(_TABLE[state][int(digit)])
    return state


def written(number: int) -> str:
    """As it stands in letters: 100234-7."""
    return f"{number}-{check_digit(number)}"


def read_number(text: str) -> int | None:
    """The number that somebody typed or said, with its last digit; None when that digit does not fit."""
    digits = re.sub(r"\D", "", text)
    if not 7 <= len(digits) <= 10 or re.search(
        r"[^\W\d_]{3,}", re.sub(r"(?i)richiesta|request|ticket|numero|number", "", text)
    ):
        return None
    number = int(digits[:-1])
    return number if number >= FIRST and check_digit(number) == int(digits[-1]) else None


def numbers_in(text: str) -> list[str]:
    """Requests that a text names, each once, those first that say what they are ("#", "richiesta n.").

    A number without such a word counts only with a dash before its last digit, as our letters write it.
    """
    named, bare = [], []
    for found in _WRITTEN.finditer(text):
        number = int(found[1])
        if number < FIRST or check_digit(number) != int(found[2]):
            continue
        said = _NAMED.search(text[: found.start()][-40:]) is not None
        if said:
            named.append(written(number))
        elif "-" in found[0] or "–" in found[0]:
            bare.append(written(number))
    return list(dict.fromkeys(named + bare))
