"""The addresses of pictures that the rows of a product name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

_BETWEEN, _NEXT = re.compile(r"[\s|;]+"), re.compile(r",(?=https?://)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
LONGEST = 2000


class Row(Protocol):
    """What of a row is looked at here (see `rows.Row`)."""

    @property
    def cells(self) -> Mapping[str, str]: ...


def addresses_in(text: str) -> list[str]:
    """The addresses of the web in a cell, with commas, bars or spaces between them."""
    parts = (one.strip(",") for part in _BETWEEN.split(text) for one in _NEXT.split(part))
    return [one for one in parts if len(one) <= LONGEST and _ADDRESS.match(one)]


def pictures_of(group: Sequence[Row]) -> list[tuple[str, str]]:
    """(address, what is on it) of each picture that the rows of a product name, each once, in their order."""
    found: dict[str, str] = {}
    for address, words in _named(group):
        found.setdefault(address, words)
    return list(found.items())


def _named(group: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in group:
        words = row.cells.get("image_words", "")
        for name in ("images", "more_images"):
            for address in addresses_in(row.cells.get(name, "")):
                yield address, words
