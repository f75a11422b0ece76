"""One party, or those whose words begin like what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField

from filo.foundation.access.objects import Scope
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.folding import fold, words
from filo.foundation.prepared import asked, asked_many
from filo.foundation.privacy.models import Hold
from filo.foundation.search.queries import matching, matching_among
from filo.foundation.web.paging import capped_count_of
from filo.operational.parties.models import Party, Reach, Relationship
from filo.operational.parties.models.relationship import STAGE_ORDER, RelationshipQuerySet
from filo.operational.parties.policies import PARTY_DELETED, sees_everything

SCANNED = 200
FEW, MOST_FOUND = 10_000, 5_000
CODE = re.compile(r"[A-Z0-9]{8,16}")


def seen_party(principal: Principal, party_id: UUID) -> Party:
    """The party with this id, if this principal may see it. Raises `NotFound`."""
    if not principal.may("party", "view"):
        raise Forbidden if principal.token_scopes is not None else NotFound
    found = _SEEN.first(principal, party=party_id)
    if found is None:
        raise NotFound
    return found


def _seen(principal: Principal) -> QuerySet[Party]:
    """With `is_held`: whether there is a legal hold to be told of."""
    held = Hold.objects.filter(subject_kind="party", subject_id=OuterRef("pk"), lifted_at=None)
    found = Party.objects.visible_to(principal).filter(pk=asked("party", UUIDField()))
    return found.annotate(is_held=Exists(held))


_SEEN = PreparedFor(_seen)


def search_parties(principal: Principal, text: str, *, limit: int = 20, kind: str = "") -> list[Party]:
    """Visible parties with words beginning with every word of `text`, names that begin with it first."""
    if not words(text):
        return []
    first = _named_like(principal, fold(text), kind)[:limit]
    found = list(Party.objects.in_bulk(list(first)).values())
    if len(found) < limit:
        rest = _worded_like(principal, text).exclude(pk__in=[party.id for party in found])
        found += list((rest.filter(kind=kind) if kind else rest).order_by()[: SCANNED - len(found)])
    typed = fold(text)
    found.sort(key=lambda party: (not party.sort_name.startswith(typed), party.sort_name))
    return found[:limit]


def _named_like(principal: Principal, typed: str, kind: str) -> QuerySet[Any, UUID]:
    """The ids of parties whose name, the family name first, begins as typed; in the order of names."""
    ways = Reach.objects.visible_to(principal).filter(living=True)
    if principal.scope("party", "view") in (Scope.OWN, Scope.TEAM):  # few: found by whose they are, not by name
        ways = Reach.objects.filter(pk__among=ways.values("pk"))
    ways = ways.filter(name_begins(typed))
    if kind:
        ways = ways.filter(kind=kind)
    ordered = ways.order_by("sort_name", "party").values_list("sort_name", "party").distinct()
    return ordered.values_list("party", flat=True)


def name_begins(typed: str) -> Q:
    """`sort_name` begins with these folded words: a range of its index."""
    return Q(sort_name__gte=typed, sort_name__lt=typed + "\U0010ffff")


def _worded_like(principal: Principal, text: str) -> QuerySet[Party]:
    """Visible parties with these words. Who sees few is searched among these few, however common the words."""
    seen, named = Party.objects.visible_to(principal), _by_code(principal, text)
    if named:
        return seen.filter(pk__in=named)
    if not sees_everything(principal):
        ways = Reach.objects.visible_to(principal).filter(living=True)
        if capped_count_of(ways, "party", cap=FEW).exact:
            return seen.filter(pk__in=matching_among("party", text, ways.values("party")))
    return seen.filter(pk__among=matching("party", text)[:MOST_FOUND])


def ids_matching(principal: Principal, text: str) -> QuerySet[Any, Any]:
    """The ids of parties with this very VAT number or codice fiscale, where they may be seen; else with these words."""
    named = _by_code(principal, text)
    return Party.objects.filter(pk__in=named).values("pk") if named else matching("party", text)


def _by_code(principal: Principal, text: str) -> list[UUID]:
    """Codes are compared whole and beside the words, so that a masked one cannot be guessed letter by letter."""
    code = text.replace(" ", "").upper().removeprefix("IT")
    if not CODE.fullmatch(code):
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
    found = rows.exclude(deleted_at=None).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]
