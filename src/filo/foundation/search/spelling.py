"""Words that were nearly typed: a letter lost, doubled, added, put for another or before its neighbour.

Words are compared by keys: the beginning of a word, whole and with each of its letters left out once. Two words that
are one slip apart share a key, and a key is found in an index at once, on every engine, where trigrams of short words
(*Rsosi* and *Rossi* have none in common) find either nothing or half the table.
"""

from __future__ import annotations

from functools import lru_cache

SHORTEST, LONGEST = 4, 30
HEAD, TAIL = 7, 5  # so many letters make the keys: a word that is not yet typed to its end has them too
LONG = 8  # from here on two slips are forgiven
DOUBLED, SWAPPED, OTHER, UNFINISHED = 0.5, 0.7, 1.0, 0.1


def can_slip(word: str) -> bool:
    """Whether a word is long enough to be recognised in spite of a slip; of numbers each digit counts."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def slips_forgiven(word: str) -> float:
    """How far apart two words may be."""
    return 2.0 if len(word) >= LONG else 1.0


@lru_cache(maxsize=65_536)
def keys_of(word: str) -> tuple[str, ...]:
    """What it is found by: its head whole and without each letter; of a long one its tail, marked with a digit."""
    head = word[:HEAD]
    keys = [head, *(head[:place] + head[place + 1 :] for place in range(len(head)))]
    if len(word) >= LONG:
        keys.append(f"9{word[-TAIL:]}")
    return tuple(dict.fromkeys(keys))


def slips_between(typed: str, word: str, *, most: float) -> float:
    """How many slips make one of the other; more than `most` where it is more, whatever it is.

    A letter written once instead of twice weighs half, as people do not hear it; two swapped ones less than two.
    """
    if abs(len(typed) - len(word)) > most / DOUBLED:
        return most + 1
    before: list[float] = []
    above = [_edge(word, column) for column in range(len(word) + 1)]
    for row, letter in enumerate(typed, start=1):
        line = [_edge(typed, row)]
        for column, other in enumerate(word, start=1):
            best = min(
                above[column] + _loss(typed, row),
                line[column - 1] + _loss(word, column),
                above[column - 1] + (0.0 if letter == other else OTHER),
            )
            if row > 1 and column > 1 and letter == word[column - 2] and typed[row - 2] == other and letter != other:
                best = min(best, before[column - 2] + SWAPPED)
            line.append(best)
        if min(line) > most:
            return most + 1
        before, above = above, line
    return above[-1]


def _edge(word: str, letters: int) -> float:
    """What the first letters weigh when none of them is there."""
    return sum(_loss(word, place) for place in range(1, letters + 1))


def _loss(word: str, place: int) -> float:
    """What the letter at this place (from 1) weighs when it is missing in the other word."""
    return DOUBLED if place > 1 and word[place - 2] == word[place - 1] else OTHER


def likeness(typed: str, word: str) -> float | None:
    """How many slips `word`, or its beginning, is from what was typed; None for another word altogether."""
    most = slips_forgiven(typed)
    if typed[0] != word[0] and len(typed) == SHORTEST:
        return None  # four letters with another at the beginning are simply another word
    slips = slips_between(typed, word, most=most)
    if len(typed) >= HEAD - 1 and len(word) > len(typed):  # it is not yet typed to its end
        begun = min(slips_between(typed, word[: len(typed) + more], most=most) for more in (-1, 0, 1))
        slips = begun + UNFINISHED if begun < slips and begun <= most else slips
    return slips if 0 < slips <= most + UNFINISHED else None
