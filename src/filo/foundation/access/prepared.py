"""Prepared reads of what somebody may see: kept for each sight, asked for each person."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.prepared import Prepared

Row = TypeVar("Row")
KEPT = 256


class PreparedFor(Generic[Row]):
    """A read that starts from `visible_to`; what else decides its shape (a page's size) comes after the principal.

    CARD = PreparedFor(lambda principal: Party.objects.visible_to(principal).filter(pk=asked("party", UUIDField())))
    CARD.rows(principal, party=party_id)
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._of = lru_cache(maxsize=KEPT)(self._prepare)

    def rows(self, principal: Principal, *shape: Any, **values: Any) -> list[Row]:
        """The rows that this principal sees, read now."""
        prepared = self._of(_Seen(principal), *shape)
        return prepared.rows(me=principal.user_id, **values)

    def plain(self, principal: Principal, *shape: Any, **values: Any) -> list[tuple[Any, ...]]:
        """The same as the database keeps them, for who reads many thousands."""
        return self._of(_Seen(principal), *shape).plain(me=principal.user_id, **values)

    def first(self, principal: Principal, *shape: Any, **values: Any) -> Row | None:
        """The first of them, or None."""
        return next(iter(self.rows(principal, *shape, **values)), None)

    def _prepare(self, seen: _Seen, *shape: Any) -> Prepared[Row]:
        return Prepared(partial(self._build, seen.principal.as_anybody(), *shape))


class _Seen:
    """A principal that equals every other with the same sight."""

    __slots__ = ("principal",)

    def __init__(self, principal: Principal) -> None:
        self.principal = principal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seen) and self.principal.sight == other.principal.sight

    def __hash__(self) -> int:
        return hash(self.principal.sight)
