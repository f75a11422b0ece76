"""Writes new parties with everything that belongs to them, in a fixed number of statements however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import insert, insert_values
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_new
from filo.foundation.ids import uuid7s
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.search import services as search
from filo.foundation.search.typed import number_words
from filo.operational.parties.drafts import AddressDraft, PartyDraft, PointDraft
from filo.operational.parties.events import PartyCreated
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    Relationship,
    RelationshipMember,
    StageChange,
    TimelineEntry,
)
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.services import reach

POINT = ("type", "value", "normalised", "extension", "label", "preferred")
FACTS = ("company_id", "product_line_id", "area_id", "channel_id", "owner_id", "unit_id")
PLACE = ("use", "street", "locality", "postal_code", "city", "province", "country", "latitude", "longitude")


@dataclass(frozen=True)
class RelationshipSpec:
    """What a new party is to one of our companies; an empty stage is decided by the rules."""

    company: SellingCompany
    product_line: ProductLine | None = None
    area: Area | None = None
    channel: Channel | None = None
    owner_id: UUID | None = None
    unit: Unit | None = None
    stage: str = ""
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """A clean party with what it is to us and where it came from; its search words, where they are known already."""

    draft: PartyDraft
    relationships: tuple[RelationshipSpec, ...]
    source: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


Pairs = Sequence[tuple[Party, Arrival]]


def store_newcomers(principal: Principal, arrivals: Sequence[Arrival]) -> list[Party]:
    """Store parties that are certainly new, in the caller's transaction; the caller has asked for the right to.

    Rows go in as plain values: to make an object of each takes longer than to write it.
    """
    moment = clock.now()
    pairs = [(_party(arrival, moment), arrival) for arrival in arrivals]
    insert(Party, [party for party, _arrival in pairs])
    write_points(
        (party.id, place, point) for party, arrival in pairs for place, point in enumerate(arrival.draft.points)
    )
    write_addresses((party.id, arrival.draft.addresses) for party, arrival in pairs)
    _write_codes(pairs)
    store_new(ENTITY, [(party.id, arrival.custom) for party, arrival in pairs])
    _write_relationships(principal, pairs, moment)
    _tell_timeline(principal, pairs, moment)
    texts = {party.id: arrival.words or words_of(party, arrival.draft) for party, arrival in pairs}
    search.insert_new("party", texts)
    search.note_new("party", {party.id: party.notes for party, _arrival in pairs if party.notes})
    changes = [Change("party", party.id, {"display_name": (None, party.display_name)}) for party, _arrival in pairs]
    record_many(principal, "party.create", changes)
    announce(
        principal,
        *(PartyCreated(party=party.id, kind=party.kind, source=party.source) for party, _arrival in pairs),
    )
    return [party for party, _arrival in pairs]


def _party(arrival: Arrival, moment: datetime) -> Party:
    draft = arrival.draft
    return Party(
        kind=draft.kind,
        display_name=draft.display_name[:260],
        sort_name=draft.sort_name,
        source=arrival.source,
        fields=dict(arrival.custom),
        created_at=moment,
        updated_at=moment,
        **draft.facts,
    )


def _keyed(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows with a new key before each."""
    return [(key, *row) for key, row in zip(uuid7s(len(rows)), rows, strict=True)]


def write_points(points: Iterable[tuple[UUID, int, PointDraft]]) -> None:
    """New contact points: whose, at which place, and what."""
    rows = [
        (party, place, p.type, p.value, p.normalised, p.extension, p.label, p.preferred) for party, place, p in points
    ]
    insert_values(ContactPoint, ("id", "party_id", "position", *POINT), _keyed(rows))


def write_addresses(addresses: Iterable[tuple[UUID, Sequence[AddressDraft]]]) -> None:
    """New addresses: whose, and which."""
    rows = [
        (party, place, *(getattr(address, name) for name in PLACE))
        for party, found in addresses
        for place, address in enumerate(found)
    ]
    insert_values(Address, ("id", "party_id", "position", *PLACE), _keyed(rows))


def _write_codes(pairs: Pairs) -> None:
    rows = [(party.id, system, key) for party, arrival in pairs for system, key in arrival.identities]
    insert_values(ExternalIdentity, ("id", "party_id", "system", "key"), _keyed(rows))


def _write_relationships(principal: Principal, pairs: Pairs, moment: datetime) -> None:
    ties, members, steps = [], [], []
    ways: list[reach.NewWay] = []
    keys = iter(uuid7s(sum(len(arrival.relationships) for _party, arrival in pairs)))
    for party, arrival in pairs:
        for spec in arrival.relationships:
            key, stage = next(keys), spec.stage or first_stage(arrival.draft)
            since = moment.date() if stage == "customer" else None
            ties.append((key, party.id, stage, since, *_facts_of(spec)))
            members += [(key, user) for user in spec.members]
            steps.append((key, spec.company.id, stage, "" if spec.stage else "arrival"))
            ways += _ways_through(key, party, spec, stage)
        if not arrival.relationships:
            ways.append(reach.NewWay(party.id, party.kind, party.sort_name))
    insert_values(
        Relationship,
        ("id", "party_id", "stage", "customer_since", *FACTS),
        ties,
        stage_since=moment,
        created_at=moment,
    )
    insert_values(RelationshipMember, ("id", "relationship_id", "user_id"), _keyed(members))
    insert_values(
        StageChange,
        ("id", "relationship_id", "company_id", "to_stage", "rule"),
        _keyed(steps),
        actor_id=principal.user_id,
        actor_name=principal.name,
        at=moment,
    )
    reach.arrived(ways)


def _facts_of(spec: RelationshipSpec) -> tuple[UUID | None, ...]:
    line, area, channel, unit = (
        found.id if found else None for found in (spec.product_line, spec.area, spec.channel, spec.unit)
    )
    return (spec.company.id, line, area, channel, spec.owner_id, unit)


def _ways_through(key: UUID, party: Party, spec: RelationshipSpec, stage: str) -> Iterable[reach.NewWay]:
    company, line, area, channel, owner, unit = _facts_of(spec)
    people: set[UUID | None] = {*spec.members, owner} - {None} or {None}
    for person in people:
        yield reach.NewWay(
            party.id,
            party.kind,
            party.sort_name,
            relationship_id=key,
            person_id=person,
            unit_id=unit,
            company_id=company,
            owner_id=owner,
            area_id=area,
            channel_id=channel,
            product_line_id=line,
            stage=stage,
        )


def _tell_timeline(principal: Principal, pairs: Pairs, moment: datetime) -> None:
    keys, events = uuid7s(len(pairs)), uuid7s(len(pairs))
    rows = [
        (key, event, party.id, {"source": arrival.source} if arrival.source else {})
        for key, event, (party, arrival) in zip(keys, events, pairs, strict=True)
    ]
    insert_values(
        TimelineEntry,
        ("id", "event_id", "party_id", "data"),
        rows,
        at=moment,
        kind="party.created",
        object="party",
        summary="",
        actor_id=principal.user_id,
        actor_name=principal.name,
    )


def first_stage(draft: PartyDraft) -> str:
    """What the rules make of somebody new: whoever can be reached is a lead."""
    return "lead" if draft.reachable else "suspect"


def point_rows(party: Party, points: Sequence[PointDraft]) -> list[ContactPoint]:
    """Unsaved rows for clean contact points, in their order."""
    return [ContactPoint(party_id=party.id, position=place, **point.__dict__) for place, point in enumerate(points)]


def address_rows(party: Party, addresses: Sequence[AddressDraft]) -> list[Address]:
    """Unsaved rows for clean addresses, in their order."""
    return [
        Address(party_id=party.id, position=place, **{k: v for k, v in draft.__dict__.items() if k != "doubts"})
        for place, draft in enumerate(addresses)
    ]


def words_of(party: Party, draft: PartyDraft) -> str:
    """The folded words by which a party is found: names, addresses, numbers. Codes that a role may not see are none."""
    return words_from(party, draft.points, [address.city for address in draft.addresses])


def words_of_draft(draft: PartyDraft) -> str:
    """The same of a party that is not stored yet."""
    names = [draft.display_name[:260], draft.facts["legal_name"]]
    return _words(names, draft.points, [address.city for address in draft.addresses])


def words_from(party: Party, points: Iterable[PointDraft | ContactPoint], cities: Iterable[str]) -> str:
    """The same from what is stored."""
    return _words([party.display_name, party.legal_name], points, cities)


def _words(names: Iterable[str], points: Iterable[PointDraft | ContactPoint], cities: Iterable[str]) -> str:
    of_points = (part for point in points for part in _point_words(point))
    return search.folded([*names, *of_points, *cities])


def _point_words(point: PointDraft | ContactPoint) -> tuple[str, ...]:
    if point.type in ("phone", "mobile", "fax"):
        return number_words(point.normalised.lstrip("+"))
    if point.type in ("email", "pec"):
        return (point.normalised, point.normalised.split("@")[0])
    return (point.normalised,)
