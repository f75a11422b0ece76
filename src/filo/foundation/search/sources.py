"""What was written about customers: each app that keeps such texts says how they are looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal
from filo.foundation.search.excerpts import Piece
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import holding, notes_with
from filo.foundation.search.typed import stems_of


@dataclass(frozen=True)
class Line:
    """A line that holds what was typed, the customer whom it is about, and where it stands.

    Without a customer, `party_name` is what else it is called.
    """

    kind: str
    id: UUID
    party_id: UUID | None
    party_name: str
    label: str | Promise
    icon: str
    pieces: tuple[Piece, ...]
    url: str
    at: datetime | None = None

    @property
    def text(self) -> str:
        """The line without marks."""
        return "".join(piece.text for piece in self.pieces)


class Sought:
    """Words that are looked for in everything that was written: all kinds are asked for them in one question."""

    def __init__(self, stems: Sequence[Group]) -> None:
        self.stems = stems
        self._found: dict[str, list[UUID]] | None = None
        self._whole = False

    def ids(self, kind: str, *, most: int) -> list[UUID]:
        """What of this kind holds all the words, in no order; more than `most` when more than that do."""
        if self._found is None:
            rows = list(holding(self.stems).values_list("kind", "object_id")[: MOST_AT_ONCE + 1])
            self._found, self._whole = defaultdict(list), len(rows) <= MOST_AT_ONCE
            for found, key in rows:
                self._found[found].append(key)
        if self._whole:
            return self._found[kind]
        return list(notes_with(kind, self.stems).values_list("object_id", flat=True)[: most + 1])


# Lines that this principal may see and that hold all the words, the latest first, at most so many.
Source = Callable[[Principal, Sought, int], list[Line]]
MOST_AT_ONCE = 3_000
SHORTEST = 3  # letters that one word at least must have: less stands in every story
_sources: dict[str, Source] = {}


def register_source(kind: str, source: Source) -> None:
    """Called once for each kind, when the program starts."""
    _sources[kind] = source


def lines_with(principal: Principal, text: str, *, limit: int) -> list[Line]:
    """What was written that holds a form of every word of `text`, as far as this principal may read it.

    A line of each source in turn, so that where one has many those of the others are met too.
    """
    stems = stems_of(text)
    if not stems or all(len(stem[0]) <= SHORTEST for stem in stems):
        return []
    sought = Sought(stems)
    found = zip_longest(*(source(principal, sought, limit) for source in _sources.values()))
    return [line for turn in found for line in turn if line is not None][:limit]
