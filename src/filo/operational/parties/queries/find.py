"""One party, or those whose words begin like what was typed."""

from __future__ import annotations

import re
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
CODE = re.compile(r"[A-Z0-9]{8,16}")


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
    found = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    if kind:
        found = found.filter(kind=kind)
    typed = fold(text)
    rows = list(found.order_by()[:SCANNED])
    rows.sort(key=lambda party: (_rank(party, typed), party.sort_name))
    return rows[:limit]


def ids_matching(principal: Principal, text: str) -> QuerySet[Any, Any]:
    """The ids of parties with these words, or with this very VAT number or codice fiscale, where they may be seen.

    Codes are compared whole and beside the words, so that a masked one cannot be guessed letter by letter.
    """
    words_match = matching("party", text)
    code = text.replace(" ", "").upper().removeprefix("IT")
    if not (CODE.fullmatch(code)):
        return words_match
    hidden = principal.hidden("party")
    codes = [name for name in ("vat_number", "codice_fiscale") if name not in hidden]
    by_code = [Party.objects.filter(**{name: code}).values("pk") for name in codes]
    return words_match.union(*by_code) if by_code else words_match


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
