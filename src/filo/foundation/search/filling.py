"""Makes the words of everything anew, in chunks, while people work: after the rules changed, or when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from filo.foundation.search import services
from filo.foundation.search.models import SearchFill

# (kind, done, of): how far it is.
Tell = Callable[[str, int, int], None]
CHUNK = 500


@dataclass(frozen=True)
class Filler:
    """How a kind of things becomes findable.

    `version` of the rules that make its words: a higher one makes them anew. `total()` is about how many there are.
    `fill(after, number)` does the next ones in the order of their ids, in the caller's transaction, and gives the ids.
    """

    kind: str
    version: int
    total: Callable[[], int]
    fill: Callable[[UUID | None, int], list[UUID]]


_fillers: dict[str, Filler] = {}


def register_filler(filler: Filler) -> None:
    """Called once for each kind, when the program starts."""
    _fillers[filler.kind] = filler


def incomplete() -> list[Filler]:
    """The kinds whose words were made by older rules, or never; what has no rows yet is complete at once."""
    known = {row.kind: row for row in SearchFill.objects.all()}
    wanted = [filler for filler in _fillers.values() if not _is_complete(filler, known.get(filler.kind))]
    empty = [filler for filler in wanted if not filler.total()]
    for filler in empty:
        services.filled(filler.kind, version=filler.version, position=None, complete=True)
    return [filler for filler in wanted if filler not in empty]


def fill_up(tell: Tell, *, is_cancelled: Callable[[], bool] = lambda: False) -> int:
    """Go on with what is incomplete, where it was left; gives how many were looked at."""
    return sum(_fill(filler, tell, is_cancelled) for filler in incomplete())


def fill_anew(tell: Tell) -> int:
    """Make everything anew from the beginning, and forget words that no name holds any more."""
    done = 0
    for filler in _fillers.values():
        services.filled(filler.kind, version=filler.version, position=None, complete=False)
        done += _fill(filler, tell, lambda: False)
    services.sweep()
    return done


def say_complete() -> None:
    """Everything was made by the rules of today: for who fills the tables by other means."""
    for filler in _fillers.values():
        services.filled(filler.kind, version=filler.version, position=None, complete=True)


def _is_complete(filler: Filler, row: SearchFill | None) -> bool:
    return row is not None and row.complete and row.version >= filler.version


def _fill(filler: Filler, tell: Tell, is_cancelled: Callable[[], bool]) -> int:
    row = SearchFill.objects.filter(kind=filler.kind, version=filler.version).first()
    position, total, done = row.position if row else None, filler.total(), 0
    while not is_cancelled():
        with transaction.atomic():
            ids = filler.fill(position, CHUNK)
            position = ids[-1] if ids else position
            services.filled(filler.kind, version=filler.version, position=position, complete=not ids)
        done += len(ids)
        tell(filler.kind, min(done, total), total)
        if not ids:
            break
    return done
