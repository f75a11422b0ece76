"""What may have fields of one's own: each topic above registers its entity here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

Names = Mapping[UUID, str]


@dataclass(frozen=True)
class Entity:
    """An entity with fields. `names` tells the names of those with these ids that a principal sees, `url` where
    one of them is shown; `label` is what they are called; `stages` are those in which a field may be required.
    """

    code: str
    names: Callable[[Principal, Collection[UUID]], Names]
    url: Callable[[UUID], str]
    stages: Sequence[tuple[str, str | Promise]] = ()
    label: str | Promise = ""


_entities: dict[str, Entity] = {}


def register(entity: Entity) -> None:
    """Give an entity fields of one's own."""
    _entities[entity.code] = entity


def entity_named(code: str) -> Entity:
    """The registered entity. Raises KeyError."""
    return _entities[code]


def entities() -> list[Entity]:
    """All that may have fields, customers first."""
    return sorted(_entities.values(), key=lambda one: one.code != "party")


def related() -> Entity:
    """The entity that a relation points to: a party."""
    return entity_named("party")
