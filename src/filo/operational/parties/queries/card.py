"""What the card shows of a party, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.prepared import Prepared, asked, asked_many, hold
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    PartyRelation,
    Relationship,
    RelationshipMember,
)
from filo.operational.parties.policies import (
    PARTY_DELETED,
    PARTY_EDITED,
    RELATIONSHIP_ASSIGNED,
    RELATIONSHIP_EDITED,
    RELATIONSHIP_SEEN,
)
from filo.operational.parties.queries.find import most_advanced_first

MOST_TIES = 300


@dataclass(frozen=True)
class Duty:
    """A visible relationship, who else works it, and what this principal may do with it."""

    relationship: Relationship
    members: list[User]
    may_move: bool
    may_assign: bool


@dataclass(frozen=True)
class Related:
    """Somebody tied to the party, seen from its side."""

    row: PartyRelation
    other: Party
    forward: bool


def with_card_parts(party: Party) -> Party:
    """The same party with its points, addresses, identities, relationships and members at hand."""
    for name, rows in _PARTS.items():
        hold(party, name, rows.rows(party=party.id))
    relationships = _RELATIONSHIPS.rows(party=party.id)
    members = _MEMBERS.rows(relationships=[row.id for row in relationships]) if relationships else []
    for row in relationships:
        hold(row, "members", [member for member in members if member.relationship_id == row.id])
    hold(party, "relationships", relationships)
    return party


def _of_party(model: Any) -> Prepared[Any]:
    return Prepared(lambda: model._default_manager.filter(party=asked("party", UUIDField())))


_PARTS = {
    "contact_points": _of_party(ContactPoint),
    "addresses": _of_party(Address),
    "external_identities": _of_party(ExternalIdentity),
}
_RELATIONSHIPS = Prepared(lambda: Relationship.objects.for_list().filter(party=asked("party", UUIDField())))
_MEMBERS = Prepared(
    lambda: RelationshipMember.objects.select_related("user").filter(
        relationship__one_of=asked_many("relationships", UUIDField())
    )
)


def duties(principal: Principal, party: Party) -> list[Duty]:
    """The visible relationships of a party that was read `with_card_parts`, the most advanced first."""
    shown = [row for row in party.relationships.all() if RELATIONSHIP_SEEN.allows(principal, row)]
    edits, assigns = principal.may("party", "edit"), principal.may("party", "assign")
    return [
        Duty(
            row,
            [member.user for member in row.members.all()],
            may_move=edits and RELATIONSHIP_EDITED.allows(principal, row),
            may_assign=assigns and RELATIONSHIP_ASSIGNED.allows(principal, row),
        )
        for row in most_advanced_first(shown)
    ]


def may_edit(principal: Principal, party: Party) -> bool:
    """Whether this principal may change the facts of a party."""
    return principal.may("party", "edit") and PARTY_EDITED.allows(principal, party)


def may_delete(principal: Principal, party: Party) -> bool:
    """Whether this principal may put a party into the bin."""
    return principal.may("party", "delete") and PARTY_DELETED.allows(principal, party)


_TIES = Prepared(
    lambda: PartyRelation.objects.filter(
        Q(from_party=asked("party", UUIDField())) | Q(to_party=asked("party", UUIDField()))
    )[:MOST_TIES]
)
_OTHERS = PreparedFor(
    lambda principal: Party.objects.visible_to(principal).filter(pk__one_of=asked_many("parties", UUIDField()))
)


def related(principal: Principal, party: Party, *, limit: int = 60) -> list[Related]:
    """Who is what to this party, among those this principal sees."""
    rows = _TIES.rows(party=party.id)
    if not rows:
        return []
    ties = [(row, row.from_party_id == party.id) for row in rows]
    others = [row.to_party_id if forward else row.from_party_id for row, forward in ties]
    seen = {found.id: found for found in _OTHERS.rows(principal, parties=others)}
    found = [(row, seen.get(other), forward) for (row, forward), other in zip(ties, others, strict=True)]
    return [Related(row, other, forward) for row, other, forward in found if other is not None][:limit]
