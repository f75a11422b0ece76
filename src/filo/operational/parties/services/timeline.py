"""Writes what happened with a party, in the transaction that made it happen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, UUIDField

from filo.foundation.access.principal import Principal
from filo.foundation.bulk import insert
from filo.foundation.ids import uuid7
from filo.foundation.prepared import Prepared, asked
from filo.foundation.push.services import publish
from filo.operational.parties.models import LastContact, Party, PartyRelation, TimelineEntry
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
            actor_name=facts.get("actor_name", signature(principal, party, facts.get("direction", ""))),
            **{name: value for name, value in facts.items() if name not in ("actor_id", "actor_name")},
        )
        for concerned in (party.id, *firms_of(party, at=at))
    ]
    insert(TimelineEntry, entries)
    return entries


def signature(principal: Principal, party: Party, direction: str) -> str:
    """Whose name stands beside what happened: a person's; where the house did it by itself, the customer's for what
    came in, and nobody's (the page says Filo) for the rest.
    """
    if principal.kind != "system":
        return principal.name
    return party.display_name if direction == "in" else ""


@dataclass(frozen=True, slots=True)
class Told:
    """One of many happenings: whom it concerns, when, in which words, which thing; `facts` as with `tell`."""

    party_id: UUID
    is_person: bool
    at: datetime
    summary: str
    reference_id: UUID
    facts: Mapping[str, Any] = field(default_factory=dict)


def tell_many(principal: Principal, told: Sequence[Told], *, kind: str, object: str, reference_kind: str) -> None:
    """The same as `tell` for many happenings of a kind, in two statements."""
    firms = _firms_of_many({one.party_id for one in told if one.is_person})
    entries = []
    for one in told:
        event, day = uuid7(), one.at.date()
        ties = firms.get(one.party_id, ())
        at_work = [tie.to_party_id for tie in ties if _holds(tie, day)]
        entries += [
            TimelineEntry(
                party_id=concerned,
                at=one.at,
                kind=kind,
                object=object,
                summary=one.summary[:300],
                event_id=event,
                origin_party=one.party_id,
                actor_id=principal.user_id,
                actor_name="" if principal.kind == "system" else principal.name,
                reference_kind=reference_kind,
                reference_id=one.reference_id,
                **one.facts,
            )
            for concerned in (one.party_id, *at_work)
        ]
    insert(TimelineEntry, entries)


def _firms_of_many(people: Collection[UUID]) -> dict[UUID, list[PartyRelation]]:
    found: dict[UUID, list[PartyRelation]] = defaultdict(list)
    for tie in PartyRelation.objects.filter(from_party__in=people, role__in=CONTACT_ROLES) if people else ():
        found[tie.from_party_id].append(tie)
    return found


def _holds(tie: PartyRelation, day: date) -> bool:
    return (tie.valid_from is None or tie.valid_from <= day) and (tie.valid_to is None or tie.valid_to >= day)


def untell(reference_kind: str, reference_id: UUID, *, kind: str = "", data: Mapping[str, str] | None = None) -> None:
    """Take back everything that was told of a thing, on every card it stands on; with `kind` and `data` only what is
    of this kind and says this.
    """
    rows = TimelineEntry.objects.filter(reference_kind=reference_kind, reference_id=reference_id)
    if kind:
        rows = rows.filter(kind=kind)
    rows.filter(**{f"data__{name}": value for name, value in (data or {}).items()}).delete()


def untell_many(reference_kind: str, reference_ids: Iterable[UUID]) -> None:
    """The same for many things of a kind."""
    TimelineEntry.objects.filter(reference_kind=reference_kind, reference_id__in=list(reference_ids)).delete()


def firms_of(party: Party, *, at: datetime) -> list[UUID]:
    """The firms this person is a contact of on that day."""
    if not party.is_person:
        return []
    return [relation.to_party_id for relation in _FIRMS.rows(party=party.pk, day=at.date())]


def _firms() -> QuerySet[PartyRelation]:
    day = asked("day", DateField())
    found = PartyRelation.objects.filter(from_party=asked("party", UUIDField()), role__in=CONTACT_ROLES)
    return found.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


_FIRMS = Prepared(_firms)


def note_contact(entries: Sequence[TimelineEntry]) -> None:
    """Remember the latest moment of the contact that these entries tell of, whatever the order of telling."""
    first, ids = entries[0], {entry.party_id for entry in entries}
    parties = Party.objects.filter(pk__in=ids)
    parties.filter(last_contact_at=None).update(last_contact_at=first.at)
    parties.filter(last_contact_at__lt=first.at).update(last_contact_at=first.at)
    people = {first.owner_id, first.actor_id} - {None} or {None}
    facts = {"unit_id": first.unit_id, "company_id": first.company_id}
    kept = LastContact.objects.filter(party__in=ids, **facts).filter(Q(person__in=people - {None}) | _nobody(people))
    known = set(kept.values_list("party_id", "person_id"))
    kept.filter(at__lt=first.at).update(at=first.at)
    wanted = {(party, person) for party in ids for person in people} - known
    insert(LastContact, [LastContact(party_id=a, person_id=b, at=first.at, **facts) for a, b in wanted])


def _nobody(people: set[UUID | None]) -> Q:
    return Q(person=None) if None in people else Q(pk__in=[])


def page_changed(principal: Principal, party_ids: Iterable[UUID], part: str) -> None:
    """Tell other open pages of these parties which part of the card changed (`facts`, `timeline`, …)."""
    for party_id in party_ids:
        publish(f"party:{party_id}", part, by=principal.page)
