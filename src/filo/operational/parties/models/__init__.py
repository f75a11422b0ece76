"""Persons and organisations, how to reach them, what they are to us, and what happened."""

from filo.operational.parties.models.bulk import BulkEdit, BulkState
from filo.operational.parties.models.contact import Address, ContactPoint
from filo.operational.parties.models.links import ExternalIdentity, PartyRelation
from filo.operational.parties.models.merge import Merge, MergedRow
from filo.operational.parties.models.party import Party
from filo.operational.parties.models.reach import LastContact, Reach
from filo.operational.parties.models.relationship import Relationship, RelationshipMember, StageChange
from filo.operational.parties.models.timeline import TimelineEntry

__all__ = [
    "Address",
    "BulkEdit",
    "BulkState",
    "ContactPoint",
    "ExternalIdentity",
    "LastContact",
    "Merge",
    "MergedRow",
    "Party",
    "PartyRelation",
    "Reach",
    "Relationship",
    "RelationshipMember",
    "StageChange",
    "TimelineEntry",
]
