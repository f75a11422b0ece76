"""What a list may be narrowed by: declared names, their operators, and how each becomes a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

OPERATORS = (
    "is",
    "is-not",
    "in",
    "contains",
    "before",
    "after",
    "today",
    "this-week",
    "this-month",
    "last-month",
    "within-days",
    "older-than-days",
    "next-days",
    "more",
    "less",
    "empty",
    "set",
)
WITHOUT_VALUE = frozenset({"today", "this-week", "this-month", "last-month", "empty", "set"})
IN_DAYS = frozenset({"within-days", "older-than-days", "next-days"})


@dataclass(frozen=True)
class FilterField:
    """A declared name. `condition` turns (principal, operator, value) into a `Q`; it raises ValueError
    for a value it cannot read. `mask` names the masked field that hides it, as (object, field).

    `tie` is given for what belongs to one of several rows beside the entity: a `Q` over that row, so that
    several such conditions are asked of the same row (*a lead in the North*).

    `shape` says what a value is where neither choices nor the operator do: text, number or day.
    `never_is_old`: what never was counts as longer ago than any number of days.
    """

    name: str
    label: str | Promise
    operators: tuple[str, ...]
    condition: Callable[[Principal, str, Any], Q]
    choices: Callable[[Principal], list[tuple[str, str]]] | None = None
    mask: tuple[str, str] | None = None
    tie: Callable[[Principal, str, Any], Q] | None = None
    shape: str = "text"
    never_is_old: bool = False


Source = Callable[[Principal], Iterable[FilterField]]


@dataclass(frozen=True)
class FilterSet:
    """The declared fields of one entity, and sources of such as are declared in the pages (custom fields)."""

    fields: dict[str, FilterField] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)

    @classmethod
    def of(cls, *fields: FilterField) -> FilterSet:
        return cls({found.name: found for found in fields})

    def with_more(self, *fields: FilterField) -> None:
        """Declare further fields: how a higher topic lets a list below it be narrowed."""
        self.fields.update({found.name: found for found in fields})

    def with_source(self, source: Source) -> None:
        """Declare fields that are asked for whenever somebody uses the list; declared names come first."""
        self.sources.append(source)

    def known_to(self, principal: Principal) -> dict[str, FilterField]:
        """The fields this principal may use: a masked one is as good as undeclared."""
        return _usable(
            self.fields | {n: f for n, f in self.further(principal).items() if n not in self.fields}, principal
        )

    def declared_to(self, principal: Principal) -> dict[str, FilterField]:
        """The same without those of the sources: nothing is read."""
        return _usable(self.fields, principal)

    def further(self, principal: Principal) -> dict[str, FilterField]:
        """What the sources declare now."""
        return {found.name: found for source in self.sources for found in source(principal)}


def _usable(fields: dict[str, FilterField], principal: Principal) -> dict[str, FilterField]:
    return {
        name: found
        for name, found in fields.items()
        if not found.mask or found.mask[1] not in principal.hidden(found.mask[0])
    }


class Known:
    """The fields of a set that one principal may use; the sources are asked once, and only for a name not declared."""

    def __init__(self, fields: FilterSet, principal: Principal) -> None:
        self._fields, self._principal = fields, principal
        self._declared = fields.declared_to(principal)

    def get(self, name: str) -> FilterField | None:
        """The field with this name, None when there is none for this principal."""
        if name in self._fields.fields:
            return self._declared.get(name)
        return self._further.get(name)

    @cached_property
    def _further(self) -> dict[str, FilterField]:
        return _usable(self._fields.further(self._principal), self._principal)
