"""Who is found by what was typed: by names first, then by other words, then by what was nearly typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from filo.foundation.access.objects import Scope
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.folding import fold, words
from filo.foundation.prepared import asked_many
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import matching_among, matching_groups
from filo.foundation.search.typed import groups_of
from filo.foundation.web.paging import capped_count_of
from filo.operational.parties.models import Party, Reach
from filo.operational.parties.policies import sees_everything
from filo.operational.parties.queries.find import by_code, name_begins

# How many hits are looked at first (at least, and for each that is wanted; few by who sees few), and at most.
FIRST_LOOK, FOR_EACH, LOOK_OF_FEW, MOST_LOOKED_AT = 100, 4, 50, 5_000
FEW = 10_000


@dataclass
class Hits:
    """The names under which visible parties are sorted, by their ids; those of one kind only, if one is wanted."""

    kind: str = ""
    names: dict[UUID, str] = field(default_factory=dict)

    def add(self, ways: Iterable[tuple[UUID, str, str]]) -> None:
        """Those among these (party, name, kind) that are wanted."""
        self.names |= {party: name for party, name, kind in ways if not self.kind or kind == self.kind}


def search_parties(principal: Principal, text: str, *, limit: int = 20, kind: str = "") -> list[Party]:
    """Visible parties with words beginning with every word of `text`, names that begin with it first."""
    if not words(text):
        return []
    typed, hits = fold(text), Hits(kind)
    if named := by_code(principal, text):
        hits.add(seen_among(principal, named))
    elif groups := groups_of(text):
        if any(letter.isalpha() for letter in typed):
            _add_named(principal, typed, hits, limit)
        if len(hits.names) < limit:
            add_worded(principal, groups, hits, limit)
    return in_order(principal, hits, lambda _party, name: (not _begins(name, typed), name), limit)


def in_order(principal: Principal, hits: Hits, place: Callable[[UUID, str], Any], limit: int) -> list[Party]:
    """The first of the hits, by `place(party, name)`, as parties; what may be seen is asked of the rule once more."""
    first = sorted(hits.names, key=lambda party: place(party, hits.names[party]))[:limit]
    found = {party.id: party for party in _SEEN.rows(principal, parties=first)} if first else {}
    return [found[key] for key in first if key in found]


_SEEN = PreparedFor(
    lambda principal: Party.objects.visible_to(principal).filter(pk__one_of=asked_many("parties", UUIDField()))
)


def _begins(name: str, typed: str) -> bool:
    """Names of persons have two spaces between family name and given name."""
    return name.startswith(typed) or name.replace("  ", " ").startswith(typed)


def _add_named(principal: Principal, typed: str, hits: Hits, limit: int) -> None:
    """Whose name, the family name first, begins as typed: the first in the order of names."""
    ways = Reach.objects.visible_to(principal).filter(living=True)
    if principal.scope("party", "view") is Scope.TEAM:  # found by whose they are, not by name
        ways = Reach.objects.filter(pk__among=ways.values("pk"))
    if hits.kind:
        ways = ways.filter(kind=hits.kind)
    for beginning in dict.fromkeys((typed.replace(" ", "  ", 1), typed)):
        found = ways.filter(name_begins(beginning)).order_by("sort_name", "party")
        hits.names |= {party: name for name, party in found.values_list("sort_name", "party").distinct()[:limit]}
        if len(hits.names) >= limit:
            return


def add_worded(principal: Principal, groups: Sequence[Group], hits: Hits, limit: int, *, thorough: bool = True) -> None:
    """Whoever has these words. Words are looked up first and what is found is asked who may see it.

    Of a common word the first hits are enough for who sees many; who sees few is searched among these few,
    if it is to be `thorough`.
    """
    own = principal.scope("party", "view") is Scope.OWN
    if own:
        _add_own_named(principal, groups, hits, limit)
        if len(hits.names) >= limit:
            return
    found, look = matching_groups("party", groups), LOOK_OF_FEW if own else max(FIRST_LOOK, FOR_EACH * limit)
    first = list(found.values_list("object_id", flat=True)[:look])
    hits.add(seen_among(principal, first))
    if len(first) < look or len(hits.names) >= limit or sees_everything(principal) or not thorough:
        return
    few = _few_seen(principal)
    more = found if few is None else matching_among("party", groups, few)
    rest = set(more.values_list("object_id", flat=True)[:MOST_LOOKED_AT])
    hits.add(seen_among(principal, rest - set(first)))


def _add_own_named(principal: Principal, groups: Sequence[Group], hits: Hits, limit: int) -> None:
    """One's own with these words in their names: read from an index of one's own names alone."""
    ways = Reach.objects.visible_to(principal).filter(living=True, **({"kind": hits.kind} if hits.kind else {}))
    for group in groups:
        either = Q()
        for word in group:
            beginning = word.removesuffix("*")
            either |= Q(sort_name__startswith=beginning) | Q(sort_name__contains=f" {beginning}")
        ways = ways.filter(either)
    found = ways.order_by("sort_name", "party").values_list("sort_name", "party").distinct()[:limit]
    hits.names |= {party: name for name, party in found}


def _few_seen(principal: Principal) -> QuerySet[Any, Any] | None:
    """The parties of who sees few; None for who sees many. One's own are few enough not to be counted."""
    scope, ways = principal.scope("party", "view"), Reach.objects.visible_to(principal)
    few = scope is Scope.OWN or (scope is Scope.TEAM and capped_count_of(ways, "party", cap=FEW).exact)
    return ways.order_by().values("party") if few else None


def seen_among(principal: Principal, ids: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
    """Those of these parties that may be seen: (party, name, kind)."""
    wanted = list(ids)
    return _WAYS.rows(principal, parties=wanted) if wanted else []


_WAYS = PreparedFor(
    lambda principal: (
        Reach.objects.visible_to(principal)
        .filter(living=True, party__one_of=asked_many("parties", UUIDField()))
        .order_by()
        .values_list("party", "sort_name", "kind")
        .distinct()
    )
)
