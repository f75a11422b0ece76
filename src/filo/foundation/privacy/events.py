"""What happens to rules of retention and to holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutRule(DomainEvent):
    rule: UUID

    @property
    def subject(self) -> UUID:
        return self.rule


@dataclass(frozen=True, kw_only=True)
class RetentionRuleEdited(_AboutRule):
    """A rule of retention was made, changed, switched on or off."""

    type: ClassVar[str] = "retention.edited"


@dataclass(frozen=True, kw_only=True)
class RetentionApplied(_AboutRule):
    """What had been kept as long as a rule says was let go; `purged` says how many rows, `held` how many stayed."""

    type: ClassVar[str] = "retention.applied"
    kind: str
    purged: int
    held: int


@dataclass(frozen=True, kw_only=True)
class _AboutHold(DomainEvent):
    hold: UUID
    subject_kind: str
    subject_id: UUID

    @property
    def subject(self) -> UUID:
        return self.subject_id


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(_AboutHold):
    """Nothing may take somebody's data away from now on, whatever the rules say."""

    type: ClassVar[str] = "hold.placed"


@dataclass(frozen=True, kw_only=True)
class HoldLifted(_AboutHold):
    """Somebody's data follows the rules of retention again."""

    type: ClassVar[str] = "hold.lifted"
