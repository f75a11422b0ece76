"""What happens to parties and relationships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutParty(DomainEvent):
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.party


@dataclass(frozen=True, kw_only=True)
class PartyCreated(_AboutParty):
    """A person or organisation became known."""

    type: ClassVar[str] = "party.created"
    kind: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyEdited(_AboutParty):
    """Facts of a party changed; `fields` names them."""

    type: ClassVar[str] = "party.edited"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PartyDeleted(_AboutParty):
    """A party was put into the bin."""

    type: ClassVar[str] = "party.deleted"


@dataclass(frozen=True, kw_only=True)
class PartyRestored(_AboutParty):
    """A party was taken out of the bin."""

    type: ClassVar[str] = "party.restored"


@dataclass(frozen=True, kw_only=True)
class PartiesMerged(_AboutParty):
    """Another card was found to be the same customer: everything of `absorbed` stands on `party` now."""

    type: ClassVar[str] = "party.merged"
    absorbed: UUID
    merge: UUID


@dataclass(frozen=True, kw_only=True)
class PartiesUnmerged(_AboutParty):
    """They were two after all: `absorbed` stands alone again."""

    type: ClassVar[str] = "party.unmerged"
    absorbed: UUID
    merge: UUID


@dataclass(frozen=True, kw_only=True)
class StageMoved(_AboutParty):
    """A relationship moved along the thread, by a rule or by hand."""

    type: ClassVar[str] = "relationship.stage-moved"
    relationship: UUID
    from_stage: str
    to_stage: str
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class RelationshipGiven(_AboutParty):
    """These people became its owner, or joined those who work it."""

    type: ClassVar[str] = "relationship.given"
    relationship: UUID
    people: list[UUID]


@dataclass(frozen=True, kw_only=True)
class RelationshipAssigned(_AboutParty):
    """Owner, area, channel, unit or members of a relationship changed."""

    type: ClassVar[str] = "relationship.assigned"
    relationship: UUID
    with_work: bool = False  # what is open with the customer goes along: what is as it was `..._before` changes too
    owner_before: UUID | None = None
    area_before: UUID | None = None
    channel_before: UUID | None = None
    undoes: UUID | None = None  # the operation that this takes back
