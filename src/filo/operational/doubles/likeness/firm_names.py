"""How far the names of two firms agree: sets of words in which a rare one says more than *Ristorante*."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from filo.operational.doubles.likeness.strings import is_mistyped, nearness

Words = tuple[str, ...]
EXACT, WORDS, NEAR, MOST, PART, WITHIN = "exact", "words", "near", "most", "part", "within"
LITTLE, ACRONYM, DIFFERENT = "little", "acronym", "different"
_MOST, _PART, _LITTLE = 0.7, 0.45, 0.25
_TELLING = 8.0  # bits
_ALIKE = 0.9  # two words from here on are taken for one


def firm_names(a: Words, b: Words, rarity: Callable[[str], float]) -> str:
    """The level at which two names agree; "" when one is not known. `rarity` tells the bits of a word."""
    if not a or not b:
        return ""
    if a == b:
        return EXACT
    first, second = (a, b) if a < b else (b, a)
    joined, other = "".join(first), "".join(second)
    if joined == other:
        return EXACT
    if sorted(first) == sorted(second):
        return WORDS
    if is_mistyped(joined, other):
        return NEAR
    shared = _shared(first, second, rarity)
    if shared >= _MOST:
        return MOST
    if _is_within(first, second, rarity):
        return WITHIN
    if shared >= _LITTLE:
        return PART if shared >= _PART else LITTLE
    return ACRONYM if _is_acronym(first, second) or _is_acronym(second, first) else DIFFERENT


def _shared(a: Words, b: Words, rarity: Callable[[str], float]) -> float:
    """What they share of the rarity of all their words (Jaccard); a mistyped or cut word counts a little less."""
    both = alone = 0.0
    left, right = [], []
    for word in a:
        if word in b:
            both += rarity(word)
        else:
            left.append(word)
    for word in b:
        if word not in a:
            right.append(word)
    for word in left:
        mine, best, whose = rarity(word), 0.0, ""
        for other in right:
            alike = likeness_of_words(word, other) if word < other else likeness_of_words(other, word)
            if alike > best or (alike == best and other < whose):
                best, whose = alike, other
        if best >= _ALIKE:
            right.remove(whose)
            both += min(mine, rarity(whose)) * best
        else:
            alone += mine
    for word in right:
        alone += rarity(word)
    return both / (both + alone) if both else 0.0


@lru_cache(maxsize=262_144)
def likeness_of_words(a: str, b: str) -> float:
    """From 0 to 1; what begins another word and is cut there ("ristor", "deli") is nearly that word."""
    if min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)):
        return 0.95
    return max(nearness(a, b), 0.93) if is_mistyped(a, b) else min(nearness(a, b), 0.89)


def _is_within(a: Words, b: Words, rarity: Callable[[str], float]) -> bool:
    """Whether one is all of the other's words and more, and they are not just *Bar*."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return set(few) <= set(many) and sum(map(rarity, set(few))) >= _TELLING


def _is_acronym(a: Words, b: Words) -> bool:
    """Whether one is the first letters of the other: "cna" and "confederazione nazionale artigianato"."""
    return len(a) == 1 and len(b) > 2 and a[0] == "".join(word[0] for word in b)
