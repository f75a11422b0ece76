"""What somebody typed, as the words that have to be found."""

from __future__ import annotations

import re

from filo.foundation.folding import query_words
from filo.foundation.search.lookups import Group

MOST_WORDS = 8
BACKWARDS = "r"  # marks a number that is kept from its last digit to its first
ENOUGH_DIGITS = 5  # of the end of a number, to look for it
# Digits in groups, as numbers are read out: alone two are enough, among words they must look like a number.
_NUMBER_ALONE = re.compile(r"[\d\s+()./-]*\d{2}[\d\s+()./-]*")
_NUMBER_WITHIN = re.compile(r"(?<!\w)(?:\+|00)?\(?\d[\d\s()./-]{4,}\d(?!\w)")
_PREFIX = re.compile(r"^\s*(\+|00)39")
_FORMS = ("ing", "ed", "es", "s")
KEPT_OF_A_STEM = 4


def groups_of(text: str) -> list[Group]:
    """A group for each word or number of `text`; empty when there is none.

    A number in groups is one word: "+39 333 765 4321" is kept as 3337654321, and backwards for its last digits.
    """
    if _NUMBER_ALONE.fullmatch(text.strip()):
        return [_number(text)]
    numbers = [_number(found) for found in _NUMBER_WITHIN.findall(text)]
    words = [word for word in query_words(_NUMBER_WITHIN.sub(" ", text)) if word.isalnum()]
    return [*((f"{word}*",) for word in words), *numbers][:MOST_WORDS]


def words_typed(text: str) -> list[str]:
    """The words alone, numbers left out."""
    return [group[0][:-1] for group in groups_of(text) if len(group) == 1 and not group[0][0].isdigit()]


def stems_of(text: str) -> list[Group]:
    """The same for what was written in sentences: every form of a word is found by any other."""
    return [(f"{stem(group[0][:-1])}*",) if len(group) == 1 else group for group in groups_of(text)]


def stem(word: str) -> str:
    """What the Italian and the English forms of a word have in common: of *consegna* and *consegne* it is *consegn*.

    A beginning is looked for anyway, so that a rough cut finds more than a dictionary would miss.
    """
    if not word.isalpha() or len(word) <= KEPT_OF_A_STEM:
        return word
    for ending in _FORMS:
        if word.endswith(ending) and len(word) - len(ending) >= KEPT_OF_A_STEM:
            return word.removesuffix(ending)
    cut = word.rstrip("aeiou")
    cut = cut[:-1] if cut.endswith(("ch", "gh")) else cut
    return cut if len(cut) >= KEPT_OF_A_STEM else word[:-1]


def number_words(digits: str) -> tuple[str, ...]:
    """How a number (its digits, the country's first) is kept: as it is dialled at home, whole, and backwards."""
    return tuple(dict.fromkeys((digits.removeprefix("39"), digits, BACKWARDS + digits[::-1])))


def _number(text: str) -> Group:
    digits = re.sub(r"\D", "", _PREFIX.sub("", text))
    return (f"{digits}*", f"{BACKWARDS}{digits[::-1]}*") if len(digits) >= ENOUGH_DIGITS else (f"{digits}*",)
