"""What was written about customers: each app that keeps such texts says how they are looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal
from filo.foundation.search.excerpts import Piece
from filo.foundation.search.lookups import Group
from filo.foundation.search.typed import stems_of


@dataclass(frozen=True)
class Line:
    """A line that holds what was typed, the customer whom it is about, and where it stands."""

    kind: str
    id: UUID
    party_id: UUID
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


# Lines that this principal may see and that hold all the stems, the latest first, at most so many.
Source = Callable[[Principal, Sequence[Group], int], list[Line]]
SHORTEST = 3  # letters that one word at least must have: less stands in every story
_sources: dict[str, Source] = {}


def register_source(kind: str, source: Source) -> None:
    """Called once for each kind, when the program starts."""
    _sources[kind] = source


def lines_with(principal: Principal, text: str, *, limit: int) -> list[Line]:
    """What was written that holds a form of every word of `text`, as far as this principal may read it."""
    stems = stems_of(text)
    if not stems or all(len(stem[0]) <= SHORTEST for stem in stems):
        return []
    return [line for source in _sources.values() for line in source(principal, stems, limit)][:limit]
