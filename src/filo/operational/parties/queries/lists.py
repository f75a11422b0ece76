"""The list of customers: narrowed, sorted, paged and counted, for pages and API alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.web.paging import Count, Key, Page, capped_count, page_of
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import Address, ContactPoint, Party, Relationship, TimelineEntry
from filo.operational.parties.queries.find import ids_matching, relationships_shown

SORTS: Mapping[str, tuple[Key, ...]] = {
    "name": (Key("sort_name"), Key("id")),
    "-name": (Key("sort_name", descending=True), Key("id", descending=True)),
    "last_contact": (Key("last_contact_at", nullable=True), Key("id")),
    "-last_contact": (Key("last_contact_at", descending=True, nullable=True), Key("id", descending=True)),
    "created": (Key("id"),),
    "-created": (Key("id", descending=True),),
    "updated": (Key("updated_at"), Key("id")),
    "-updated": (Key("updated_at", descending=True), Key("id", descending=True)),
}
SORT_LABELS = {
    "name": gettext_lazy("Name"),
    "-last_contact": gettext_lazy("Last contact"),
    "-created": gettext_lazy("Newest"),
    "-updated": gettext_lazy("Last change"),
}


@dataclass(frozen=True)
class ListQuery:
    """What a list is asked for."""

    text: str = ""
    tree: Tree | None = None
    sort: str = "name"
    cursor: str = ""
    size: int = 50
    company: UUID | None = None


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


def found_parties(principal: Principal, asked: ListQuery) -> QuerySet[Party]:
    """The visible parties that match, without order. Raises `BadRequest`."""
    found: QuerySet[Party] = Party.objects.visible_to(principal)
    found = found.filter(compile_tree(asked.tree, PARTY_FILTERS, principal))
    if asked.text.strip():
        found = found.filter(pk__in=ids_matching(principal, asked.text))
    return found


def party_page(principal: Principal, asked: ListQuery) -> Page[Party]:
    """One keyset page of the list. Raises `BadRequest` for an unknown sort, filter or cursor."""
    keys = SORTS.get(asked.sort)
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": asked.sort[:40]}, code="bad-sort")
    found = found_parties(principal, asked)
    if "last_contact" in asked.sort and not _knows_every_contact(principal):
        found = found.annotate(own_contact_at=Subquery(_own_contact(principal)))
        keys = tuple(Key("own_contact_at", k.descending, nullable=True) if k.nullable else k for k in keys)
    return page_of(found, keys, size=asked.size, cursor=asked.cursor)


def _knows_every_contact(principal: Principal) -> bool:
    return principal.scope("interaction", "view") is Scope.ALL and principal.company_ids is None


def _own_contact(principal: Principal) -> QuerySet[Any, Any]:
    """The last contact that this principal may know of: order must not tell what rows hide."""
    entries = TimelineEntry.objects.visible_to(principal)
    entries = entries.filter(party=OuterRef("pk"), kind__startswith="interaction.").exclude(channel="note")
    return entries.order_by("-at").values("at")[:1]


def rows_of(principal: Principal, parties: list[Party], *, company: UUID | None = None) -> list[Row]:
    """The parties of a page with relationships, place and the last contact one may know of."""
    ids = [party.id for party in parties]
    relationships = relationships_shown(principal, parties, company=company)
    places: dict[UUID, str] = {}
    for party_id, city, province in (
        Address.objects.filter(party__in=ids).order_by("-position").values_list("party_id", "city", "province")
    ):
        places[party_id] = f"{city} {province}".strip()
    contacts = _last_contacts(principal, parties)
    return [
        Row(party, relationships.get(party.id, []), places.get(party.id, ""), contacts.get(party.id))
        for party in parties
    ]


def _last_contacts(principal: Principal, parties: list[Party]) -> dict[UUID, datetime | None]:
    if _knows_every_contact(principal):
        return {party.id: party.last_contact_at for party in parties}
    entries = TimelineEntry.objects.visible_to(principal)
    entries = entries.filter(party__in=parties, kind__startswith="interaction.").exclude(channel="note")
    return dict(entries.order_by().values("party_id").annotate(at=Max("at")).values_list("party_id", "at"))


def party_count(principal: Principal, asked: ListQuery) -> Count:
    """How many match, counted no further than the cap."""
    return capped_count(found_parties(principal, asked))
