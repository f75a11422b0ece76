"""What happens to interactions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutInteraction(DomainEvent):
    interaction: UUID
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.interaction


@dataclass(frozen=True, kw_only=True)
class InteractionLogged(_AboutInteraction):
    """A call, meeting, note or letter was logged."""

    type: ClassVar[str] = "interaction.logged"
    channel: str


@dataclass(frozen=True, kw_only=True)
class InteractionEdited(_AboutInteraction):
    """Something about an interaction was corrected."""

    type: ClassVar[str] = "interaction.edited"


@dataclass(frozen=True, kw_only=True)
class ColleaguesMentioned(_AboutInteraction):
    """Colleagues were named with @ in its text."""

    type: ClassVar[str] = "interaction.mentioned"
    people: list[UUID]


@dataclass(frozen=True, kw_only=True)
class InteractionRemoved(_AboutInteraction):
    """An interaction was taken back."""

    type: ClassVar[str] = "interaction.removed"


@dataclass(frozen=True, kw_only=True)
class _AboutCall(DomainEvent):
    call: UUID
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.call


@dataclass(frozen=True, kw_only=True)
class CallStarted(_AboutCall):
    """Somebody is on the telephone with a customer."""

    type: ClassVar[str] = "call.started"


@dataclass(frozen=True, kw_only=True)
class CallEnded(_AboutCall):
    """A call is over; what was said waits to be written up."""

    type: ClassVar[str] = "call.ended"


@dataclass(frozen=True, kw_only=True)
class CallWrappedUp(_AboutCall):
    """What was said in a call is in the story."""

    type: ClassVar[str] = "call.wrapped-up"
    interaction: UUID
