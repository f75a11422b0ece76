"""The ids of everybody that a list finds, for acts on all of them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from filo.foundation.access.principal import Principal
from filo.foundation.filters.tree import Tree, compile_with_ties
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import Party, Reach
from filo.operational.parties.queries.find import ids_matching


def matching_ids(principal: Principal, *, text: str, tree: Tree | None, most: int) -> list[UUID]:
    """The visible parties that a list with these words and conditions shows, at most `most`, oldest first.

    Raises `BadRequest` for what is not declared.
    """
    ties, rest = compile_with_ties(tree, PARTY_FILTERS, principal)
    found = Party.objects.visible_to(principal).filter(rest)
    if ties != Q():
        found = found.filter(Exists(Reach.objects.visible_to(principal).filter(ties, party=OuterRef("pk"))))
    if text.strip():
        found = found.filter(pk__among=ids_matching(principal, text.strip()))
    return list(found.order_by("pk").values_list("pk", flat=True)[:most])
