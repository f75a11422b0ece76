"""What is kept for a time: the kinds of rows that rules of retention are made for; apps add theirs in `privacy.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from filo.foundation.access.principal import Principal

Words = str | Promise
NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Narrowing:
    """A source or a purpose: a part of the rows of a kind, by which a rule can be narrowed."""

    code: str
    label: Words
    rows: Q


@dataclass(frozen=True)
class Proposal:
    """A rule that makes a good beginning; nothing comes of it until somebody has looked at it and saved it."""

    days: int
    source: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Held:
    """Whose data nothing may take away: ids of customers and of colleagues, and the addresses they write from."""

    parties: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.parties or self.people)


def _none(_held: Held) -> Q:
    return NOTHING


def _no_parts() -> Sequence[Narrowing]:
    return ()


def _nobody(_principal: Principal) -> QuerySet[Any] | None:
    return None


@dataclass(frozen=True, kw_only=True)
class KeptKind:
    """A kind of rows that is let go after a time.

    rows: those that may go at all. moment: the column that the time is reckoned from. purge: takes keys of such
    rows away inside the caller's transaction; where one row means much work (`in_steps`) it may leave it begun, and
    is called again for it. held: which rows are about somebody whose data is held. house_days: after so many days
    the house lets go of them without any rule. seen: the rows that somebody may see, for examples; `said` and
    `address` show one.
    """

    code: str
    label: Words
    what_goes: Words
    rows: Callable[[], QuerySet[Any]]
    moment: str
    purge: Callable[[Sequence[Any]], None]
    held: Callable[[Held], Q] = _none
    sources: Callable[[], Sequence[Narrowing]] = _no_parts
    purposes: Callable[[], Sequence[Narrowing]] = _no_parts
    proposals: Sequence[Proposal] = ()
    at_once: int = 500
    in_steps: bool = False
    house_days: int | None = None
    seen: Callable[[Principal], QuerySet[Any] | None] = _nobody
    said: Callable[[Any], str] = str
    address: Callable[[Any], str] = lambda _row: ""


_kinds: dict[str, KeptKind] = {}


def keep(*kinds: KeptKind) -> None:
    """Add kinds; each code means one, though a module that broke is imported again."""
    for kind in kinds:
        known = _kinds.get(kind.code)
        if known is not None and known.rows.__module__ != kind.rows.__module__:
            raise TypeError(f"{kind.code} is the code of two kinds")
        _kinds[kind.code] = kind


def kinds() -> dict[str, KeptKind]:
    """Every kind by its code, in the order of the house."""
    return dict(_kinds)


def deleted(rows: Callable[[], QuerySet[Any]]) -> Callable[[Sequence[Any]], None]:
    """A purge that deletes the rows, with what hangs on them."""

    def purge(keys: Sequence[Any]) -> None:
        rows().filter(pk__in=keys).delete()

    return purge
