"""What a list of customers is asked for, and what its rows show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import UUIDField
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.filters.tree import Tree
from filo.foundation.prepared import Prepared, asked_many
from filo.operational.parties.models import Address, ContactPoint, Party, Relationship
from filo.operational.parties.queries.contacts import last_contacts
from filo.operational.parties.queries.find import relationships_shown

SORT_LABELS = {
    "name": gettext_lazy("Name"),
    "-last_contact": gettext_lazy("Last contact"),
    "-created": gettext_lazy("Entered"),
    "-updated": gettext_lazy("Changed"),
}


@dataclass(frozen=True)
class ListQuery:
    """What a list is asked for."""

    text: str = ""
    tree: Tree | None = None
    sort: str = "name"
    cursor: str = ""
    size: int = 50


@dataclass(frozen=True)
class Row:
    """A party with what the list shows beside it."""

    party: Party
    relationships: list[Relationship]
    place: str = ""
    last_contact_at: datetime | None = None
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def main(self) -> Relationship | None:
        return self.relationships[0] if self.relationships else None


_PLACES = Prepared(
    lambda: (
        Address.objects.filter(party__one_of=asked_many("parties", UUIDField()))
        .order_by("-position")
        .values_list("party_id", "city", "province")
    )
)


_POINTS = Prepared(lambda: ContactPoint.objects.filter(party__one_of=asked_many("parties", UUIDField())))


def rows_of(principal: Principal, parties: list[Party], *, needs: Collection[str] = ()) -> list[Row]:
    """The parties of a page with relationships, place and the last contact one may know of.

    `needs` reads more beside them: `ties` the dimensions of the relationships, `points` how they are reached.
    """
    ids = [party.id for party in parties]
    relationships = relationships_shown(principal, parties, in_short="ties" not in needs)
    points: dict[UUID, list[ContactPoint]] = {}
    for point in _POINTS.rows(parties=ids) if "points" in needs else ():
        points.setdefault(point.party_id, []).append(point)
    places: dict[UUID, str] = {}
    for party_id, city, province in _PLACES.rows(parties=ids):
        places[party_id] = f"{city} {province}".strip()
    contacts = last_contacts(principal, parties)
    return [
        Row(
            party,
            relationships.get(party.id, []),
            places.get(party.id, ""),
            contacts.get(party.id),
            points.get(party.id, []),
        )
        for party in parties
    ]
