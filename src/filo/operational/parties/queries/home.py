"""What the first page says about customers: the latest of the story, and who was left alone."""

from __future__ import annotations

from dataclasses import dataclass

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.filters.tree import Tree
from filo.operational.parties.models import Party, Reach, TimelineEntry
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery, Row, rows_of
from filo.operational.parties.timeline_kinds import Told, told

LEFT_ALONE_DAYS = 60
LOOKED_AT = 5  # so many times as many as are shown: a few may be with parties one does not see


def latest(principal: Principal, *, limit: int = 8) -> list[Told]:
    """The newest of what happened with customers, as far as this principal may see it."""
    entries = TimelineEntry.objects.visible_to(principal).exclude(object="party").filter(origin_party__isnull=False)
    if principal.scope("interaction", "view") is Scope.OWN:
        entries = entries.filter(owner=principal.user_id)
    newest = list(entries.select_related("party", "company").order_by("-at", "-id")[: limit * LOOKED_AT])
    seen = Party.objects.visible_to(principal).in_bulk({row.party_id for row in newest})
    return told([row for row in newest if row.party_id in seen][:limit])


@dataclass(frozen=True)
class LeftAlone:
    """Customers without contact for long, and whether they are one's own or those of one's people."""

    rows: list[Row]
    are_own: bool


def left_alone(principal: Principal, *, limit: int = 5) -> LeftAlone:
    """One's own customers and prospects without contact for sixty days, the longest first; for who follows none and
    sees those of others, theirs.
    """
    are_own = principal.scope("party", "view") in (Scope.NONE, Scope.OWN) or follows_somebody(principal)
    narrowed: list[Tree] = [{"field": "owner", "op": "is", "value": "me"}] if are_own else []
    return LeftAlone(_left_alone(principal, narrowed, limit), are_own)


def follows_somebody(principal: Principal) -> bool:
    """Whether this principal has customers of his own."""
    return Reach.objects.visible_to(principal).filter(owner=principal.user_id, living=True).exists()


def _left_alone(principal: Principal, narrowed: list[Tree], limit: int) -> list[Row]:
    tree: Tree = {
        "and": [
            *narrowed,
            {"field": "stage", "op": "in", "value": ["customer", "prospect"]},
            {"field": "last_contact", "op": "older-than-days", "value": LEFT_ALONE_DAYS},
        ]
    }
    asked = ListQuery(tree=tree, sort="last_contact", size=limit)
    return rows_of(principal, PartyListing(principal, asked).page.rows)
