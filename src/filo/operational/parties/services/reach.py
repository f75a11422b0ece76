"""Keeps the ways in which parties can be seen, whenever relationships, members, contacts or names change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.bulk import insert, insert_values
from filo.operational.parties.models import Party, PartyRelation, Reach, Relationship, RelationshipMember
from filo.operational.parties.policies import CONTACT_ROLES

FACTS = ("company_id", "unit_id", "owner_id", "area_id", "channel_id", "product_line_id", "stage")
Facts = tuple[Any, ...]  # the columns of a row, in their order


class NewWay(NamedTuple):
    """A way to a party that is new: through a relationship and one of its people, or bare."""

    party_id: UUID
    kind: str
    sort_name: str
    relationship_id: UUID | None = None
    person_id: UUID | None = None
    unit_id: UUID | None = None
    company_id: UUID | None = None
    owner_id: UUID | None = None
    area_id: UUID | None = None
    channel_id: UUID | None = None
    product_line_id: UUID | None = None
    stage: str = ""


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
    kept = {row[:-1]: row[-1] for row in Reach.objects.filter(party__in=ids).values_list(*COLUMNS, "pk")}
    wanted = dict.fromkeys(_ways(Party.objects.only("kind", "sort_name", "deleted_at").in_bulk(ids)))
    Reach.objects.filter(pk__in=[pk for facts, pk in kept.items() if facts not in wanted]).delete()
    insert(Reach, [Reach(None, *facts) for facts in wanted if facts not in kept])  # type: ignore[misc]


def named(party: Party) -> None:
    """The party's name has changed, or whether it lives."""
    Reach.objects.filter(party=party).update(sort_name=party.sort_name, living=party.deleted_at is None)


def moved(relationship: Relationship) -> None:
    """The relationship is in another stage."""
    Reach.objects.filter(relationship=relationship, direct=True).update(stage=relationship.stage)


def arrived(ways: Iterable[NewWay]) -> None:
    """Keep the ways to parties that are certainly new: nobody is their contact yet, and they are nobody's."""
    insert_values(Reach, NewWay._fields, list(ways))


def _contacts() -> QuerySet[PartyRelation]:
    return PartyRelation.objects.filter(role__in=CONTACT_ROLES)


def _lock(ids: set[UUID]) -> None:
    list(Party.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _ways(parties: dict[UUID, Party]) -> Iterator[Facts]:
    firms_of: dict[UUID, set[UUID]] = {}
    for person, firm in _contacts().filter(from_party__in=parties).values_list("from_party", "to_party"):
        firms_of.setdefault(person, set()).add(firm)
    ties: dict[UUID, list[Relationship]] = {}
    concerned = Relationship.objects.filter(party__in={*parties}.union(*firms_of.values()))
    for row in concerned.order_by():
        ties.setdefault(row.party_id, []).append(row)
    people = _members_of(row.pk for rows in ties.values() for row in rows)
    for party in parties.values():
        near = [row for source in (party.id, *firms_of.get(party.id, ())) for row in ties.get(source, [])]
        ways = [way for row in near for way in _through(row, party, people.get(row.pk, set()))]
        yield from ways or [_bare(party)]


def _members_of(relationships: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    rows = RelationshipMember.objects.filter(relationship__in=list(relationships))
    for relationship, user in rows.values_list("relationship", "user"):
        found.setdefault(relationship, set()).add(user)
    return found


def _through(row: Relationship, party: Party, members: set[UUID]) -> Iterator[Facts]:
    """A contact sees nothing of the firm's facts in lists: they narrow the firm, not the person."""
    direct = row.party_id == party.id
    facts: dict[str, Any] = dict.fromkeys(FACTS)
    facts["stage"] = ""
    for name in FACTS if direct else ("company_id", "unit_id"):
        facts[name] = getattr(row, name)
    people: set[UUID | None] = {*members, row.owner_id} - {None} or {None}
    for person in people:
        found = {**_of(party), **facts, "relationship_id": row.id, "direct": direct, "person_id": person}
        yield tuple(found[name] for name in COLUMNS)


def _bare(party: Party) -> Facts:
    found = {"direct": True, "stage": "", **_of(party)}
    return tuple(found.get(name) for name in COLUMNS)


def _of(party: Party) -> dict[str, Any]:
    return {
        "party_id": party.id,
        "kind": party.kind,
        "sort_name": party.sort_name,
        "living": party.deleted_at is None,
    }
