"""One party, or those whose words begin like what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.folding import fold, words
from filo.foundation.search.queries import matching
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.models.relationship import STAGE_ORDER
from filo.operational.parties.policies import PARTY_DELETED

SCANNED = 200


def seen_party(principal: Principal, party_id: UUID) -> Party:
    """The party with this id, if this principal may see it. Raises `NotFound`."""
    if not principal.may("party", "view"):
        raise Forbidden if principal.token_scopes is not None else NotFound
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise NotFound
    return found


def search_parties(principal: Principal, text: str, *, limit: int = 20, kind: str = "") -> list[Party]:
    """Visible parties with words beginning with every word of `text`, names that begin with it first."""
    if not words(text):
        return []
    found = Party.objects.visible_to(principal).filter(pk__in=matching("party", text))
    if kind:
        found = found.filter(kind=kind)
    typed = fold(text)
    rows = list(found.order_by()[:SCANNED])
    rows.sort(key=lambda party: (_rank(party, typed), party.sort_name))
    return rows[:limit]


def _rank(party: Party, typed: str) -> int:
    names = (party.sort_name, fold(party.display_name))
    return 0 if any(name.startswith(typed) for name in names) else 1


def relationships_shown(
    principal: Principal, parties: Sequence[Party], *, company: UUID | None = None
) -> dict[UUID, list[Relationship]]:
    """The visible relationships of some parties, the most advanced first, in one query."""
    rows = Relationship.objects.visible_to(principal).for_list()
    rows = rows.filter(party__in=[party.id for party in parties])
    if company:
        rows = rows.filter(company=company)
    found: dict[UUID, list[Relationship]] = {}
    for row in rows:
        found.setdefault(row.party_id, []).append(row)
    return {party_id: most_advanced_first(mine) for party_id, mine in found.items()}


def most_advanced_first(rows: list[Relationship]) -> list[Relationship]:
    """Living relationships before ended ones, customers before prospects."""
    return sorted(rows, key=lambda row: (row.ended_at is not None, -STAGE_ORDER[row.stage], row.created_at))


def deleted_party(principal: Principal, party_id: UUID) -> Party:
    """A party in the bin, for whoever could see it outside. Raises `NotFound`."""
    rows: QuerySet[Any] = Party.objects.filter(PARTY_DELETED.rows(principal), pk=party_id)
    found = rows.exclude(deleted_at=None).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]
