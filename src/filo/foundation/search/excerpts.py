"""The line of a text that holds what was looked for, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from filo.foundation.folding import fold, words
from filo.foundation.search.lookups import Group

LONGEST, BEFORE = 160, 50
_WORD = re.compile(r"[\w'’]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a line, marked or not."""

    text: str
    marked: bool = False


def excerpt(text: str, stems: Sequence[Group]) -> tuple[Piece, ...]:
    """The line with the most of these words, cut around the first of them."""
    beginnings = tuple(word.removesuffix("*") for group in stems for word in group)
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    best = max(lines, key=lambda line: len({_met(word, beginnings) for word in _WORD.findall(line)} - {""}))
    return tuple(_marked(_cut(best, beginnings), beginnings))


def _met(word: str, beginnings: Sequence[str]) -> str:
    """Which of them the word begins like; "" for none."""
    folded = [fold(word), *words(word)]
    return next((one for one in beginnings if any(form.startswith(one) for form in folded)), "")


def _cut(line: str, beginnings: Sequence[str]) -> str:
    if len(line) <= LONGEST:
        return line
    first = next((found.start() for found in _WORD.finditer(line) if _met(found[0], beginnings)), 0)
    start = line.rfind(" ", 0, max(0, first - BEFORE)) + 1 if first > BEFORE else 0
    cut = line[start : start + LONGEST]
    cut = cut.rsplit(" ", 1)[0] if start + LONGEST < len(line) and " " in cut else cut
    return ("… " if start else "") + cut + (" …" if start + LONGEST < len(line) else "")


def _marked(line: str, beginnings: Sequence[str]) -> list[Piece]:
    pieces, at = [], 0
    for found in _WORD.finditer(line):
        if _met(found[0], beginnings):
            pieces += [Piece(line[at : found.start()]), Piece(found[0], marked=True)]
            at = found.end()
    return [piece for piece in [*pieces, Piece(line[at:])] if piece.text]
