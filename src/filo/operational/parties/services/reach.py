"""Keeps the ways in which parties can be seen, whenever relationships, members, contacts or names change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.bulk import insert
from filo.operational.parties.models import Party, PartyRelation, Reach, Relationship, RelationshipMember
from filo.operational.parties.policies import CONTACT_ROLES

FACTS = ("company_id", "unit_id", "owner_id", "area_id", "channel_id", "product_line_id", "stage")
COLUMNS = tuple(field.attname for field in Reach._meta.concrete_fields if field.attname != "id")


def refresh(party_ids: Iterable[UUID]) -> None:
    """Reckon again how these parties, and the contacts of those that are firms, can be seen.

    Call it in the transaction of the change: it locks the parties and their firms, so that two changes at
    once see each other.
    """
    changed = set(party_ids)
    firms = set(_contacts().filter(from_party__in=changed).values_list("to_party", flat=True))
    _lock(changed | firms)
    ids = changed | set(_contacts().filter(to_party__in=changed).values_list("from_party", flat=True))
    kept = {_facts(row): row.pk for row in Reach.objects.filter(party__in=ids)}
    wanted = {_facts(row): row for row in _ways(Party.objects.in_bulk(ids))}
    Reach.objects.filter(pk__in=[pk for facts, pk in kept.items() if facts not in wanted]).delete()
    insert(Reach, [row for facts, row in wanted.items() if facts not in kept])


def named(party: Party) -> None:
    """The party's name has changed, or whether it lives."""
    Reach.objects.filter(party=party).update(sort_name=party.sort_name, living=party.deleted_at is None)


def moved(relationship: Relationship) -> None:
    """The relationship is in another stage."""
    Reach.objects.filter(relationship=relationship, direct=True).update(stage=relationship.stage)


def ways_to_new(
    parties: Iterable[Party], relationships: Iterable[Relationship], members: Iterable[RelationshipMember]
) -> list[Reach]:
    """The rows of parties that are certainly new: nobody is their contact yet, and they are nobody's."""
    people: dict[UUID, set[UUID]] = {}
    for member in members:
        people.setdefault(member.relationship_id, set()).add(member.user_id)
    ties: dict[UUID, list[Relationship]] = {}
    for row in relationships:
        ties.setdefault(row.party_id, []).append(row)
    return [
        way
        for party in parties
        for way in [w for row in ties.get(party.id, []) for w in _through(row, party, people.get(row.id, set()))]
        or [_bare(party)]
    ]


def _contacts() -> QuerySet[PartyRelation]:
    return PartyRelation.objects.filter(role__in=CONTACT_ROLES)


def _lock(ids: set[UUID]) -> None:
    list(Party.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _ways(parties: dict[UUID, Party]) -> Iterator[Reach]:
    firms_of: dict[UUID, set[UUID]] = {}
    for person, firm in _contacts().filter(from_party__in=parties).values_list("from_party", "to_party"):
        firms_of.setdefault(person, set()).add(firm)
    ties: dict[UUID, list[Relationship]] = {}
    concerned = Relationship.objects.filter(party__in={*parties}.union(*firms_of.values()))
    for row in concerned.order_by().prefetch_related("members"):
        ties.setdefault(row.party_id, []).append(row)
    for party in parties.values():
        near = [row for source in (party.id, *firms_of.get(party.id, ())) for row in ties.get(source, [])]
        ways = [way for row in near for way in _through(row, party, {member.user_id for member in row.members.all()})]
        yield from ways or [_bare(party)]


def _through(row: Relationship, party: Party, members: set[UUID]) -> Iterator[Reach]:
    """A contact sees nothing of the firm's facts in lists: they narrow the firm, not the person."""
    direct = row.party_id == party.id
    facts: dict[str, Any] = {name: getattr(row, name) for name in FACTS}
    if not direct:
        facts = {"company_id": row.company_id, "unit_id": row.unit_id}
    people: set[UUID | None] = {*members, row.owner_id} - {None} or {None}
    for person in people:
        yield Reach(relationship_id=row.id, direct=direct, person_id=person, **_of(party), **facts)


def _bare(party: Party) -> Reach:
    return Reach(**_of(party))


def _of(party: Party) -> dict[str, Any]:
    return {
        "party_id": party.id,
        "kind": party.kind,
        "sort_name": party.sort_name,
        "living": party.deleted_at is None,
    }


def _facts(row: Reach) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
