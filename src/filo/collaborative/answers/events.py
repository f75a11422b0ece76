"""What happens to answers that leave by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutAnswer(DomainEvent):
    answer: UUID
    conversation: UUID

    @property
    def subject(self) -> UUID:
        return self.answer


@dataclass(frozen=True, kw_only=True)
class AnsweredByItself(_AboutAnswer):
    """A question was answered from an article, or got a receipt (none); `percent` is how sure it was."""

    type: ClassVar[str] = "answer.sent"
    article: UUID | None
    percent: int


@dataclass(frozen=True, kw_only=True)
class AnswerReviewed(_AboutAnswer):
    """Somebody left it as it is, took the conversation over, or corrected it."""

    type: ClassVar[str] = "answer.reviewed"
    decision: str


@dataclass(frozen=True, kw_only=True)
class CustomerUnhappy(_AboutAnswer):
    """The customer is not content with what he was answered: a person has to look at it."""

    type: ClassVar[str] = "answer.unhappy"
