"""What happens to decision trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutTree(DomainEvent):
    tree: UUID

    @property
    def subject(self) -> UUID:
        return self.tree


@dataclass(frozen=True, kw_only=True)
class TreeChanged(_AboutTree):
    """A decision tree was drawn or changed; who walks it still walks what was published."""

    type: ClassVar[str] = "tree.changed"


@dataclass(frozen=True, kw_only=True)
class TreePublished(_AboutTree):
    """A decision tree is walked as it is now."""

    type: ClassVar[str] = "tree.published"
    number: int


@dataclass(frozen=True, kw_only=True)
class TreeRetired(_AboutTree):
    """A decision tree is walked no more."""

    type: ClassVar[str] = "tree.retired"
