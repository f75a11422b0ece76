"""What commands need to know of some parties, in three queries."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.prepared import hold
from filo.operational.parties.commands import Card
from filo.operational.parties.models import Party, Relationship, RelationshipMember
from filo.operational.parties.policies import PARTY_EDITED, RELATIONSHIP_ASSIGNED, RELATIONSHIP_EDITED
from filo.operational.parties.queries.card import Duty
from filo.operational.parties.queries.find import relationships_shown


def cards_of(principal: Principal, parties: Sequence[Party]) -> list[Card]:
    """These visible parties as commands see them."""
    if not parties:
        return []
    shown = relationships_shown(principal, parties)
    _with_members([row for rows in shown.values() for row in rows])
    edited = _edited(principal, parties)
    mains = {party_id: rows[0] for party_id, rows in shown.items() if rows}
    return [_card(principal, party, mains.get(party.id), party.id in edited) for party in parties]


def card_from(party: Party, duties: Sequence[Duty], *, may_edit: bool) -> Card:
    """The same of an open card, whose page has read everything already."""
    main = duties[0] if duties else None
    moves, assigns = (main.may_move, main.may_assign) if main else (False, False)
    return Card(party, main.relationship if main else None, may_edit, moves, assigns)


def _card(principal: Principal, party: Party, main: Relationship | None, may_edit: bool) -> Card:
    moves = main is not None and principal.may("party", "edit") and RELATIONSHIP_EDITED.allows(principal, main)
    assigns = main is not None and principal.may("party", "assign") and RELATIONSHIP_ASSIGNED.allows(principal, main)
    return Card(party, main, may_edit, moves, assigns)


def _with_members(rows: list[Relationship]) -> None:
    members = list(RelationshipMember.objects.filter(relationship__in=[row.id for row in rows])) if rows else []
    for row in rows:
        hold(row, "members", [member for member in members if member.relationship_id == row.id])


def _edited(principal: Principal, parties: Sequence[Party]) -> set[UUID]:
    if not principal.may("party", "edit"):
        return set()
    wanted = Party.objects.filter(PARTY_EDITED.rows(principal), pk__in=[party.id for party in parties])
    return set(wanted.values_list("pk", flat=True))
