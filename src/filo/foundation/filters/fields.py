"""What a list may be narrowed by: declared names, their operators, and how each becomes a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
    "within-days",
    "older-than-days",
    "empty",
    "set",
)


@dataclass(frozen=True)
class FilterField:
    """A declared name. `condition` turns (principal, operator, value) into a `Q`; it raises ValueError
    for a value it cannot read. `mask` names the masked field that hides it, as (object, field).

    `tie` is given for what belongs to one of several rows beside the entity: a `Q` over that row, so that
    several such conditions are asked of the same row (*a lead in the North*).
    """

    name: str
    label: str | Promise
    operators: tuple[str, ...]
    condition: Callable[[Principal, str, Any], Q]
    choices: Callable[[Principal], list[tuple[str, str]]] | None = None
    mask: tuple[str, str] | None = None
    tie: Callable[[Principal, str, Any], Q] | None = None


@dataclass(frozen=True)
class FilterSet:
    """The declared fields of one entity."""

    fields: dict[str, FilterField] = field(default_factory=dict)

    @classmethod
    def of(cls, *fields: FilterField) -> FilterSet:
        return cls({found.name: found for found in fields})

    def with_more(self, *fields: FilterField) -> None:
        """Declare further fields: how a higher topic lets a list below it be narrowed."""
        self.fields.update({found.name: found for found in fields})

    def known_to(self, principal: Principal) -> dict[str, FilterField]:
        """The fields this principal may use: a masked one is as good as undeclared."""
        return {
            name: found
            for name, found in self.fields.items()
            if not found.mask or found.mask[1] not in principal.hidden(found.mask[0])
        }
