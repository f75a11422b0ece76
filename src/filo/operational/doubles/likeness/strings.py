"""How near two folded strings are: typing errors, Jaro-Winkler (Winkler 1990), and how Italian names sound."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

_VOWELS = "aeiou"
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("(?<=[cg])h(?=[ei])"), "q"),  # chi, ghe: hard, kept apart from ci, ge
    (re.compile("h"), ""),
    (re.compile("[ck]q|ck|[ck](?=[^eiqh]|$)|k"), "k"),
    (re.compile("[jy]"), "i"),
    (re.compile("w"), "v"),
    (re.compile("x"), "s"),
    (re.compile("(?<=[cgs])i(?=[aou])"), ""),  # Giacomo and Gacomo
    (re.compile("gn"), "n"),
    (re.compile("gl(?=i)"), "l"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def nearness(a: str, b: str) -> float:
    """Jaro-Winkler similarity from 0 to 1, the same from both sides."""
    return float(JaroWinkler.normalized_similarity(a, b) if a <= b else JaroWinkler.normalized_similarity(b, a))


def errors_between(a: str, b: str, most: int = 2) -> int:
    """How many letters are wrong, missing, too many or transposed; `most + 1` for more than that."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    return int(OSA.distance(a, b, score_cutoff=most))


def is_mistyped(a: str, b: str) -> bool:
    """Whether one slip of the hand makes one of the other; two in what is long. Short words are too alike."""
    length = min(len(a), len(b))
    if length < 3:
        return False
    most = 1 if length < 8 else 2
    return errors_between(a, b, most) <= most


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """How a word sounds to an Italian ear, about: double letters, h, k and y do not matter."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def differ_in_gender(a: str, b: str) -> bool:
    """Mario and Maria, Paolo and Paola, Daniele and Daniela: one letter apart and never one person."""
    return len(a) == len(b) and len(a) > 2 and a[:-1] == b[:-1] and a[-1] in _VOWELS and b[-1] in _VOWELS
