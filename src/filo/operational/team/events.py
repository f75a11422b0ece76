"""What happens to plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutPlan(DomainEvent):
    plan: UUID

    @property
    def subject(self) -> UUID:
        return self.plan


@dataclass(frozen=True, kw_only=True)
class PlanMade(_AboutPlan):
    """It was planned how much of something a person, or everybody of a role, does."""

    type: ClassVar[str] = "plan.made"


@dataclass(frozen=True, kw_only=True)
class PlanRemoved(_AboutPlan):
    """A plan was taken away."""

    type: ClassVar[str] = "plan.removed"
