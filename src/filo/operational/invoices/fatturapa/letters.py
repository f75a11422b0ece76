"""Texts as the format takes them: Latin-1 at most, on one line, and no longer than the field.

What has a usual spelling in Latin letters gets it (Łódź: Lodz, the euro sign: EUR, Greek and Cyrillic by letter);
what has none is refused with a sentence, for a name must not be lost silently.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.errors import Unwritable

_SIGNS: Final = {
    "€": "EUR",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "′": "'",
    "″": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "―": "-",
    "−": "-",
    "…": "...",
    "•": "-",
    "™": "(TM)",
    "†": "+",
    "‡": "++",
    "‰": "0/00",
    "ˆ": "^",
    "˜": "~",
    "ƒ": "f",
    "‹": "<",
    "›": ">",
    "⁄": "/",
    "№": "N.",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "←": "<-",
    "✓": "v",
    "Ł": "L",
    "ł": "l",
    "Đ": "D",
    "đ": "d",
    "Ħ": "H",
    "ħ": "h",
    "ı": "i",
    "Œ": "OE",
    "œ": "oe",
    "ŋ": "n",
    "Ŋ": "N",
    "Ŧ": "T",
    "ŧ": "t",
    "ĸ": "k",
    "ſ": "s",
    "ẞ": "SS",
    "Ə": "E",
    "ə": "e",
    "ʼ": "'",
    "ʻ": "'",
    "£": "£",
}
_GREEK: Final = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_SPELT: Final = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґјљњћђџ"
_CYRILLIC_SPELT: Final = (
    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh sht a y ' e yu ya i yi ye g j lj nj c dj dz"
)
_LETTERS: Final = {
    **dict(zip(_GREEK, _GREEK_SPELT.split(), strict=True)),
    **dict(zip(_CYRILLIC, _CYRILLIC_SPELT.split(), strict=True)),
}


def latin(text: str, most: int, field: str) -> str:
    """A text in Latin-1 on one line, cut to `most`. Raises `Unwritable` for letters that have no Latin spelling."""
    return _fitted(text, most, field, 0xFF)


def basic(text: str, most: int, field: str) -> str:
    """The same in ASCII."""
    return _fitted(text, most, field, 0x7F)


def whole(text: str, most: int, field: str) -> str:
    """A text in ASCII that may not be cut, as a number is. Raises `Unwritable` if it is longer."""
    found = basic(text, 10_000, field)
    if len(found) > most:
        raise Unwritable(
            _("“%(text)s” is longer than the %(most)s signs that %(field)s may have.")
            % {"text": found, "most": most, "field": field},
            field,
        )
    return found


def pieces(text: str, most: int, field: str) -> list[str]:
    """A long text in pieces that the field takes, broken between words where it can be."""
    left, found = latin(text, 100_000, field), []
    while len(left) > most:
        at = left.rfind(" ", 1, most + 1)
        at = most if at < most // 2 else at
        found.append(left[:at].strip())
        left = left[at:].strip()
    return [*found, left] if left else found


def _fitted(text: str, most: int, field: str, top: int) -> str:
    spelt = "".join(_spelt(sign, top) for sign in unicodedata.normalize("NFC", text))
    if strange := sorted({sign for sign in spelt if ord(sign) > top}):
        raise Unwritable(
            _("“%(text)s” has signs that an electronic invoice cannot hold: %(signs)s. Write it in Latin letters.")
            % {"text": text[:60], "signs": " ".join(strange[:8])},
            field,
        )
    found = " ".join(spelt.split())
    return found if len(found) <= most else found[:most].rstrip()


def _spelt(sign: str, top: int) -> str:
    code = ord(sign)
    if code < 0x20 or 0x7F <= code <= 0xA0 or sign in "\u2028\u2029\u2003\u2002\u2009\u202f":
        return " "
    if unicodedata.category(sign) in ("Cf", "Cs", "Cn", "Co") or code in (0xFFFE, 0xFFFF):
        return "" if unicodedata.category(sign) == "Cf" else sign
    if code <= top:
        return sign
    if sign in _SIGNS and all(ord(one) <= top for one in _SIGNS[sign]):
        return _SIGNS[sign]
    small = sign.lower()
    bare = "".join(one for one in unicodedata.normalize("NFKD", small) if not unicodedata.combining(one))
    if (letter := _LETTERS.get(small) or _LETTERS.get(bare)) is not None:
        return letter if small == sign else letter.capitalize()
    return _without_marks(sign, top)


def _without_marks(sign: str, top: int) -> str:
    """A letter without what stands above or below it: š as s, ﬁ as fi."""
    ready = {"ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th"}
    apart = unicodedata.normalize("NFKD", ready.get(sign, sign))
    bare = "".join(_SIGNS.get(one, one) for one in apart if not unicodedata.combining(one))
    return bare if bare and all(ord(one) <= top for one in bare) else sign if top == 0xFF or not bare else "?"
