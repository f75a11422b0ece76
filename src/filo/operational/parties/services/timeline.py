"""Writes what happened with a party, in the transaction that made it happen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Greatest

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.push.services import publish
from filo.operational.parties.models import Party, PartyRelation, TimelineEntry
from filo.operational.parties.policies import CONTACT_ROLES


def tell(
    principal: Principal, party: Party, *, at: datetime, kind: str, object: str, **facts: Any
) -> list[TimelineEntry]:
    """One row for the party, and one for each firm it is a contact of, with the same event id.

    `object` is the access object whose rights decide who sees it; `facts` are fields of `TimelineEntry`.
    """
    event = uuid7()
    entries = [
        TimelineEntry(
            party_id=concerned,
            at=at,
            kind=kind,
            object=object,
            event_id=event,
            origin_party=party.id,
            actor_id=facts.get("actor_id", principal.user_id),
            actor_name=facts.get("actor_name", principal.name),
            **{name: value for name, value in facts.items() if name not in ("actor_id", "actor_name")},
        )
        for concerned in (party.id, *firms_of(party, at=at))
    ]
    TimelineEntry.objects.bulk_create(entries)
    return entries


def untell(reference_kind: str, reference_id: UUID) -> None:
    """Take back everything that was told of a thing, on every card it stands on."""
    TimelineEntry.objects.filter(reference_kind=reference_kind, reference_id=reference_id).delete()


def firms_of(party: Party, *, at: datetime) -> list[UUID]:
    """The firms this person is a contact of on that day."""
    if not party.is_person:
        return []
    day = at.date()
    found = PartyRelation.objects.filter(from_party=party, role__in=CONTACT_ROLES)
    found = found.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
    return list(found.values_list("to_party", flat=True))


def note_contact(party_ids: Iterable[UUID], *, at: datetime) -> None:
    """Remember the latest moment of contact, whatever the order in which contacts are told."""
    found = Party.objects.filter(pk__in=list(party_ids))
    found.filter(last_contact_at=None).update(last_contact_at=at)
    found.exclude(last_contact_at=None).update(last_contact_at=Greatest(F("last_contact_at"), at))


def page_changed(principal: Principal, party_ids: Iterable[UUID], part: str) -> None:
    """Tell other open pages of these parties which part of the card changed (`facts`, `timeline`, …)."""
    for party_id in party_ids:
        publish(f"party:{party_id}", part, by=principal.page)
