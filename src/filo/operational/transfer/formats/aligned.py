"""Columns that are parted by spaces alone, each row with as many words: what statistics and old programs write."""

from __future__ import annotations

from pathlib import Path

from filo.operational.transfer.unfolding import Format, Head, Part, Parts, Table

LINES, FEWEST, LEAST = 200, 4, 3
_DELIMITERS = ";,\t|"


def _claims(head: Head) -> bool:
    """Whether every one of the first lines has as many words, mostly numbers, and no sign that parts columns."""
    lines = [line for line in _lines(head.content.decode("latin-1"))[:LINES] if line.strip()]
    if len(lines) < FEWEST or any(mark in line for line in lines for mark in _DELIMITERS):
        return False
    words = [line.split() for line in lines]
    widths = {len(found) for found in words}
    rows = words[1:]
    numbers = sum(word[:1].isdigit() or word[:1] in "+-." for row in rows for word in row)
    return len(widths) == 1 and widths.pop() >= LEAST and numbers * 10 >= 8 * sum(map(len, rows))


def _lines(text: str) -> list[str]:
    """Whole lines: the last of a head may be cut."""
    found = text.splitlines()
    return found[:-1] if len(found) > FEWEST else found


def _unfold(path: Path, table: Table, _part: str) -> Parts:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            table.write(line.split())
    return Parts((Part("", table.rows),))


FORMAT = Format("aligned", 90, _claims, _unfold)
