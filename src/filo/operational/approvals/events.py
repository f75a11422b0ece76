"""What happens to approvals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutApproval(DomainEvent):
    approval: UUID
    subject_kind: str
    subject_id: UUID

    @property
    def subject(self) -> UUID:
        return self.approval


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(_AboutApproval):
    """Somebody may not decide this alone and asks who may."""

    type: ClassVar[str] = "approval.asked"


@dataclass(frozen=True, kw_only=True)
class ApprovalDecided(_AboutApproval):
    """It may be done, or not."""

    type: ClassVar[str] = "approval.decided"
    approved: bool


@dataclass(frozen=True, kw_only=True)
class ApprovalWithdrawn(_AboutApproval):
    """It is not asked any more."""

    type: ClassVar[str] = "approval.withdrawn"
