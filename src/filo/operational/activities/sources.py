"""What the calendar shows: each topic declares where its items come from, and how they are moved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal


@dataclass(frozen=True)
class Item:
    """Something in the calendar of a person. `all_day`: it has a day and no hour (`starts` is its midnight).

    `moves`: its source can move it; `sizes`: it can be made longer. `day`: which of a series it is.
    """

    source: str
    id: UUID
    person: UUID
    title: str
    starts: datetime
    ends: datetime
    url: str
    all_day: bool = False
    party: UUID | None = None
    place: str = ""
    moves: bool = False
    sizes: bool = False
    day: date | None = None
    recurs: bool = False
    done: bool = False


@dataclass(frozen=True)
class Move:
    """Where to: from `starts` on, until `ends`; an all-day item only changes its day. `day`: which of a series."""

    id: UUID
    starts: datetime
    ends: datetime
    all_day: bool = False
    day: date | None = None


Items = Callable[[Principal, Collection[UUID], datetime, datetime], Sequence[Item]]


@dataclass(frozen=True)
class Source:
    """`items(principal, people, since, until)` are those one sees; `move` gives the address that takes it back."""

    code: str
    label: str | Promise
    icon: str
    right: str
    items: Items
    move: Callable[[Principal, Move], str] | None = None
    place: int = 50


_sources: dict[str, Source] = {}


def declare_source(source: Source) -> None:
    """Make a source known; panels call this once, when the program starts."""
    _sources[source.code] = source


def sources(principal: Principal) -> list[Source]:
    """Those whose items this principal may look at, in their order."""
    found = sorted(_sources.values(), key=lambda one: (one.place, one.code))
    return [one for one in found if principal.may(one.right, "view")]


def rights() -> set[str]:
    """What one must be allowed to look at for all of them."""
    return {one.right for one in _sources.values()}


def source_coded(code: str) -> Source | None:
    """The source of this code."""
    return _sources.get(code)


def items_of(principal: Principal, people: Collection[UUID], since: datetime, until: datetime) -> list[Item]:
    """All items of these people in a stretch of time, the earliest first; each source asks once."""
    found = [item for source in sources(principal) for item in source.items(principal, people, since, until)]
    return sorted(found, key=lambda item: (item.starts, -(item.ends - item.starts), item.title))
