"""One party; who has a code or words; what parties are to us."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.prepared import Prepared, asked, asked_many
from filo.foundation.privacy.models import Hold
from filo.foundation.search.queries import matching
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.models.relationship import STAGE_ORDER, RelationshipQuerySet
from filo.operational.parties.policies import PARTY_DELETED

MOST_MERGES = 20
CODE = re.compile(r"[A-Z0-9]{7,20}")


def seen_party(principal: Principal, party_id: UUID) -> Party:
    """The party with this id, or the one that it became part of, if this principal may see it. Raises `NotFound`."""
    if not principal.may("party", "view"):
        raise Forbidden if principal.token_scopes is not None else NotFound
    found = _SEEN.first(principal, party=party_id)
    if found is None:
        kept = kept_for(party_id)
        found = _SEEN.first(principal, party=kept) if kept else None
    if found is None:
        raise NotFound
    return found


def kept_for(party_id: UUID) -> UUID | None:
    """The party that this one became part of, however often that happened; None when it did not."""
    kept = None
    for _step in range(MOST_MERGES):
        found = Party.objects.filter(pk=kept or party_id).values_list("merged_into", flat=True).first()
        if found is None:
            break
        kept = found
    return kept


def _seen(principal: Principal) -> QuerySet[Party]:
    """With `is_held`: whether there is a legal hold to be told of."""
    held = Hold.objects.filter(subject_kind="party", subject_id=OuterRef("pk"), lifted_at=None)
    found = Party.objects.visible_to(principal).filter(pk=asked("party", UUIDField()))
    return found.annotate(is_held=Exists(held))


_SEEN = PreparedFor(_seen)


def name_begins(typed: str) -> Q:
    """`sort_name` begins with these folded words: a range of its index."""
    return Q(sort_name__gte=typed, sort_name__lt=typed + "\U0010ffff")


def ids_matching(principal: Principal, text: str) -> QuerySet[Any, Any]:
    """The ids of parties with this very VAT number or codice fiscale, where they may be seen; else with these words."""
    named = by_code(principal, text)
    return Party.objects.filter(pk__in=named).values("pk") if named else matching("party", text)


def by_code(principal: Principal, text: str) -> list[UUID]:
    """Codes are compared whole and beside the words, so that a masked one cannot be guessed letter by letter."""
    code = text.replace(" ", "").upper().removeprefix("IT")
    code = f"EL{code[2:]}" if code[:2] == "GR" and code[2:].isdecimal() else code
    if not CODE.fullmatch(code) or code.isalpha():  # names are none
        return []
    names = [name for name in ("vat_number", "codice_fiscale") if name not in principal.hidden("party")]
    seen = Party.objects.visible_to(principal)
    return [pk for name in names for pk in seen.filter(**{name: code}).values_list("pk", flat=True)]


def relationships_shown(
    principal: Principal, parties: Sequence[Party], *, in_short: bool = False
) -> dict[UUID, list[Relationship]]:
    """The visible relationships of some parties, the most advanced first, in one query.

    `in_short` reads stage and owner alone, which is what a row of a list shows.
    """
    prepared = _SHOWN_IN_ROWS if in_short else _SHOWN
    found: dict[UUID, list[Relationship]] = {}
    for row in prepared.rows(principal, parties=[party.id for party in parties]):
        found.setdefault(row.party_id, []).append(row)
    return {party_id: most_advanced_first(mine) for party_id, mine in found.items()}


def _of_parties(found: RelationshipQuerySet) -> RelationshipQuerySet:
    return found.filter(party__one_of=asked_many("parties", UUIDField())).order_by()


_SHOWN = PreparedFor(lambda principal: _of_parties(Relationship.objects.visible_to(principal).for_list()))
_SHOWN_IN_ROWS = PreparedFor(lambda principal: _of_parties(Relationship.objects.visible_to(principal).for_rows()))


def most_advanced_first(rows: list[Relationship]) -> list[Relationship]:
    """Living relationships before ended ones, customers before prospects."""
    return sorted(rows, key=lambda row: (row.ended_at is not None, -STAGE_ORDER[row.stage], row.created_at))


def deleted_party(principal: Principal, party_id: UUID) -> Party:
    """A party in the bin, for whoever could see it outside. Raises `NotFound`."""
    rows: QuerySet[Any] = Party.objects.filter(PARTY_DELETED.rows(principal), pk=party_id)
    found = rows.exclude(deleted_at=None).filter(merged_into=None).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def tie_with(party: Party, company_id: UUID | None, *, whose: UUID | None = None) -> Relationship | None:
    """The relationship that something of this party belongs to: one with this company before others, of these the one
    that `whose` (who acts) owns, then the nearest; None where all have ended.
    """
    rows = _TIES.rows(party=party.pk)
    mine = [row for row in rows if row.company_id == company_id] or rows
    mine = [row for row in mine if whose is not None and row.owner_id == whose] or mine
    return most_advanced_first(mine)[0] if mine else None


_TIES = Prepared(lambda: Relationship.objects.filter(party=asked("party", UUIDField()), ended_at=None))
