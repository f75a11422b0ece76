"""Tells the timelines of many parties, and takes back what was told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.bulk import insert
from filo.foundation.ids import uuid7
from filo.operational.parties.models import PartyRelation, Relationship, TimelineEntry
from filo.operational.parties.policies import CONTACT_ROLES
from filo.operational.parties.services.many.acts import Act

REFERENCE = "bulk-edit"


def tell_of_owner(principal: Principal, operation: UUID, rows: Sequence[Relationship], owner: UUID | None) -> None:
    """These relationships were given to somebody, or to nobody."""
    found = User.objects.filter(pk=owner).first() if owner else None
    data = {"owner": found.name if found else ""}
    _tell(principal, operation, rows, "relationship.owner", "", lambda _row: data)


def tell_of_stages(principal: Principal, operation: UUID, act: Act, rows: Sequence[Relationship]) -> None:
    """These relationships, as they were, moved to a stage."""
    to = str(act.to["stage"])
    _tell(
        principal,
        operation,
        rows,
        "relationship.stage",
        act.reason,
        lambda row: {"from": row.stage, "to": to, "rule": ""},
    )


def untell_some(operation: UUID, relationships: Iterable[UUID]) -> None:
    """Take back what an operation told of these relationships, on every card it stands on."""
    told = TimelineEntry.objects.filter(reference_kind=REFERENCE, reference_id=operation)
    told.filter(relationship__in=list(relationships)).delete()


def _tell(
    principal: Principal,
    operation: UUID,
    rows: Sequence[Relationship],
    kind: str,
    summary: str,
    data: Callable[[Relationship], dict[str, Any]],
) -> None:
    """One entry for the party of each row, and one for each firm it is a contact of, with the same event id."""
    moment = clock.now()
    firms = _firms_of({row.party_id for row in rows})
    entries = []
    for row in rows:
        event = uuid7()
        entries += [
            TimelineEntry(
                party_id=concerned,
                at=moment,
                kind=kind,
                object="party",
                summary=summary,
                event_id=event,
                origin_party=row.party_id,
                actor_id=principal.user_id,
                actor_name=principal.name,
                owner_id=row.owner_id,
                unit_id=row.unit_id,
                company_id=row.company_id,
                relationship_id=row.pk,
                reference_kind=REFERENCE,
                reference_id=operation,
                data=data(row),
            )
            for concerned in (row.party_id, *firms.get(row.party_id, ()))
        ]
    insert(TimelineEntry, entries)


def _firms_of(parties: set[UUID]) -> Mapping[UUID, list[UUID]]:
    day = clock.now().date()
    ties = PartyRelation.objects.filter(from_party__in=parties, from_party__kind="person", role__in=CONTACT_ROLES)
    ties = ties.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
    found: dict[UUID, list[UUID]] = {}
    for person, firm in ties.values_list("from_party", "to_party"):
        found.setdefault(person, []).append(firm)
    return found
