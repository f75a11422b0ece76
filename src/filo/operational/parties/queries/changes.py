"""What was changed of a customer, and what lies in the bin, as far as somebody may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.queries import NEWEST_FIRST, telling_of, visible_changes
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.policies import PARTY_DELETED

PAGE_SIZE = 50
LATEST_IN_BIN = [Key("deleted_at", descending=True), Key("id", descending=True)]


@dataclass(frozen=True)
class Binned:
    """A party in the bin: who put it there, and how many relations come back with it."""

    party: Party
    who: str
    relations: int

    @property
    def at(self) -> datetime | None:
        return self.party.deleted_at


def changes_of(principal: Principal, party: Party) -> QuerySet[AuditEntry]:
    """The entries about a party and those of its relationships that this principal sees."""
    ties = Relationship.objects.visible_to(principal).filter(party=party).values_list("pk", flat=True)
    return AuditEntry.objects.filter(kind__in=("party", "relationship"), object_id__in=[party.pk, *ties])


def changes_page(principal: Principal, party: Party, *, cursor: str = "", size: int = PAGE_SIZE) -> Page[AuditEntry]:
    """A page of them, newest first. Raises `BadRequest`."""
    return page_of(changes_of(principal, party), NEWEST_FIRST, size=size, cursor=cursor)


def raw_changes(principal: Principal, entries: list[AuditEntry]) -> list[tuple[AuditEntry, dict[str, Any]]]:
    """Each entry with those of its values that this principal may see, as they are kept."""
    tellings = telling_of(principal, entries)
    found = []
    for entry in entries:
        names = visible_changes(entry, tellings[entry.kind])
        if names or not entry.changes:
            found.append((entry, {name: entry.changes[name] for name in names}))
    return found


def bin_page(principal: Principal, *, cursor: str = "") -> Page[Party]:
    """The parties in the bin that this principal may take out, the latest first. Raises `Forbidden`, `BadRequest`."""
    principal.require("party", "delete")
    found = Party.objects.exclude(deleted_at=None).filter(PARTY_DELETED.rows(principal), merged_into=None)
    return page_of(found, LATEST_IN_BIN, size=PAGE_SIZE, cursor=cursor)


def told_of_bin(parties: list[Party]) -> list[Binned]:
    """Who put them there, and what comes back with them, in three queries."""
    ids = [party.pk for party in parties]
    entries = AuditEntry.objects.filter(kind="party", object_id__in=ids, action="party.delete").order_by("at")
    who = dict(entries.values_list("object_id", "actor_name"))
    ties: dict[UUID, int] = {}
    for name in ("relations_from", "relations_to"):
        counted = Party.objects.filter(pk__in=ids).annotate(number=Count(name))
        for pk, number in counted.values_list("pk", "number"):
            ties[pk] = ties.get(pk, 0) + number
    return [Binned(party, who.get(party.pk, ""), ties.get(party.pk, 0)) for party in parties]
