"""What the card shows of a party, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q, prefetch_related_objects

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.operational.parties.models import Party, PartyRelation, Relationship, RelationshipMember
from filo.operational.parties.policies import (
    PARTY_DELETED,
    PARTY_EDITED,
    RELATIONSHIP_ASSIGNED,
    RELATIONSHIP_EDITED,
    RELATIONSHIP_SEEN,
)
from filo.operational.parties.queries.find import most_advanced_first


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
    members = Prefetch("members", RelationshipMember.objects.select_related("user"))
    relationships = Relationship.objects.select_related("company", "product_line", "area", "channel", "owner", "unit")
    prefetch_related_objects(
        [party],
        "contact_points",
        "addresses",
        "external_identities",
        Prefetch("relationships", relationships.prefetch_related(members)),
    )
    return party


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


def related(principal: Principal, party: Party, *, limit: int = 60) -> list[Related]:
    """Who is what to this party, among those this principal sees."""
    rows = PartyRelation.objects.filter(Q(from_party=party) | Q(to_party=party))[: limit * 5]
    ties = [(row, row.from_party_id == party.id) for row in rows]
    others = [row.to_party_id if forward else row.from_party_id for row, forward in ties]
    seen = Party.objects.visible_to(principal).in_bulk(others)
    found = [(row, seen.get(other), forward) for (row, forward), other in zip(ties, others, strict=True)]
    return [Related(row, other, forward) for row, other, forward in found if other is not None][:limit]
