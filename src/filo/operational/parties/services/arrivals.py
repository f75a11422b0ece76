"""Parties become known: one by hand or by the API, thousands by an import, all by the same way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import insert, sent_together
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_new
from filo.foundation.fields.values import clean_values
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.search import services as search
from filo.operational.parties.drafts import AddressDraft, PartyDraft, PointDraft, clean_party
from filo.operational.parties.events import PartyCreated, RelationshipGiven
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    Reach,
    Relationship,
    RelationshipMember,
    StageChange,
    TimelineEntry,
)
from filo.operational.parties.own_fields import ENTITY, Refusals, among_facts
from filo.operational.parties.services.reach import ways_to_new


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
    """A clean party with what it is to us and where it came from."""

    draft: PartyDraft
    relationships: tuple[RelationshipSpec, ...]
    source: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


def create_party(
    principal: Principal,
    data: Mapping[str, Any],
    *,
    relationships: Sequence[RelationshipSpec] | None = None,
    source: str = "",
    identities: Sequence[tuple[str, str]] = (),
) -> Party:
    """A new party from raw facts (see `clean_party`).

    `relationships` None gives the default one; an empty list none (a contact of a firm, a supplier).
    Raises `Forbidden` and `InvalidFields`.
    """
    principal.require("party", "create")
    refuse_masked(principal, data)
    specs = (default_relationship(principal),) if relationships is None else tuple(relationships)
    draft, custom = _cleaned(principal, data, specs)
    arrival = Arrival(draft, specs, source=source, identities=tuple(identities), custom=custom)
    with transaction.atomic():
        party = bring_in(principal, [arrival])[0]
        _announce_given(principal, party, specs)
    return party


def _announce_given(principal: Principal, party: Party, specs: Sequence[RelationshipSpec]) -> None:
    """Whoever gets a new customer from a colleague is to know; what a system or a file brings is no such gift."""
    people = {person for spec in specs for person in (spec.owner_id, *spec.members)} - {None, principal.user_id}
    if principal.user_id is None or not people:
        return
    for row in party.relationships.prefetch_related("members"):
        theirs = {row.owner_id, *(member.user_id for member in row.members.all())}
        given = [person for person in theirs - {principal.user_id} if person]
        if given:
            gift = RelationshipGiven(party=party.id, relationship=row.id, people=sorted(given, key=str))
            announce(principal, gift)


def _cleaned(
    principal: Principal, data: Mapping[str, Any], specs: Sequence[RelationshipSpec]
) -> tuple[PartyDraft, dict[str, Any]]:
    """Facts and fields of one's own; everything that is wrong with either is told at once."""
    refusals, stages = Refusals(), [spec.stage for spec in specs]
    with refusals.also():
        draft = clean_party(data)
        stages = [spec.stage or first_stage(draft) for spec in specs]
    with refusals.also():
        custom = clean_values(principal, ENTITY, among_facts(data), current={}, stage=stages)
    refusals.stop()
    return draft, custom


def first_stage(draft: PartyDraft) -> str:
    """What the rules make of somebody new: whoever can be reached is a lead."""
    return "lead" if draft.reachable else "suspect"


def refuse_masked(principal: Principal, data: Mapping[str, Any]) -> None:
    """A field that one may not see is to one as if it were not there. Raises `InvalidFields`."""
    masked = principal.hidden("party") & data.keys()
    if masked:
        raise InvalidFields({name: _("There is no such field.") for name in masked})


def default_relationship(principal: Principal) -> RelationshipSpec:
    """With the first company one works in. Raises `InvalidFields` before any company exists."""
    companies = SellingCompany.objects.all()
    if principal.company_ids is not None:
        companies = companies.filter(pk__in=principal.company_ids)
    company = companies.first()
    if company is None:
        raise InvalidFields({"relationships": _("First add a selling company in the settings.")})
    return RelationshipSpec(company=company)


def bring_in(principal: Principal, arrivals: Sequence[Arrival]) -> list[Party]:
    """Store new parties with everything that belongs to them, in a fixed number of statements.

    Raises `Forbidden` when a relationship would go to somebody this principal may not assign to, and
    `InvalidFields` when an external identity is already another party's.
    """
    principal.require("party", "create")
    own_unit = own_unit_of(principal)
    arrivals = [_owned(principal, arrival, own_unit) for arrival in arrivals]
    with transaction.atomic():
        _refuse_taken_identities(arrivals)
        with sent_together(len(arrivals)):
            return _store(principal, arrivals)


def _store(principal: Principal, arrivals: Sequence[Arrival]) -> list[Party]:
    pairs = [(_party(arrival), arrival) for arrival in arrivals]
    insert(Party, [party for party, _arrival in pairs])
    points = [point for party, arrival in pairs for point in point_rows(party, arrival.draft.points)]
    insert(ContactPoint, points)
    addresses = [row for party, arrival in pairs for row in address_rows(party, arrival.draft.addresses)]
    insert(Address, addresses)
    insert(
        ExternalIdentity,
        [
            ExternalIdentity(party_id=party.id, system=system, key=key)
            for party, arrival in pairs
            for system, key in arrival.identities
        ],
    )
    store_new(ENTITY, [(party.id, arrival.custom) for party, arrival in pairs])
    ties, members = _bring_in_relationships(principal, pairs)
    insert(Reach, ways_to_new([party for party, _arrival in pairs], ties, members))
    _tell_timeline(principal, pairs)
    search.insert_new("party", {party.id: words_of(party, arrival.draft) for party, arrival in pairs})
    record_many(
        principal,
        "party.create",
        [Change("party", party.id, {"display_name": (None, party.display_name)}) for party, _a in pairs],
    )
    announce(
        principal,
        *(PartyCreated(party=party.id, kind=party.kind, source=party.source) for party, _a in pairs),
    )
    return [party for party, _arrival in pairs]


def own_unit_of(principal: Principal, action: str = "create") -> Unit | None:
    """The unit that takes what somebody who sees by unit brings in."""
    by_unit = principal.scope("party", action) in (Scope.TEAM, Scope.UNIT)
    return Unit.objects.filter(pk=principal.unit_id).first() if by_unit and principal.unit_id else None


def _owned(principal: Principal, arrival: Arrival, own_unit: Unit | None) -> Arrival:
    """Whoever brings somebody in sees them afterwards; nobody gives beyond their reach."""
    specs = tuple(owned_spec(principal, spec, own_unit) for spec in arrival.relationships)
    return replace(arrival, relationships=specs)


def owned_spec(principal: Principal, spec: RelationshipSpec, own_unit: Unit | None) -> RelationshipSpec:
    """The same relationship with its owner and unit filled in; raises `Forbidden` for what is beyond reach."""
    _refuse_beyond_reach(principal, spec)
    if principal.scope("party", "create") is Scope.OWN and not spec.owner_id:
        spec = replace(spec, owner_id=principal.user_id)
    if spec.unit is None:
        spec = replace(spec, unit=spec.area.default_unit if spec.area else own_unit)
    own = principal.user_id in (spec.owner_id, *spec.members)
    if own_unit and not own and (spec.unit is None or spec.unit.id not in {own_unit.id, *principal.unit_ids}):
        raise Forbidden(_("You may only bring in customers of your own unit."))
    return spec


def _refuse_beyond_reach(principal: Principal, spec: RelationshipSpec) -> None:
    """Who may not assign names nobody but oneself, and no unit but the own."""
    if principal.company_ids is not None and spec.company.id not in principal.company_ids:
        raise Forbidden(_("You do not work in this company."))
    if principal.may("party", "assign"):
        return
    others = {spec.owner_id, *spec.members} - {None, principal.user_id}
    if others or (spec.unit and spec.unit.id != principal.unit_id):
        raise Forbidden(_("You may only bring in customers of your own."))


def _refuse_taken_identities(arrivals: Sequence[Arrival]) -> None:
    wanted = [pair for arrival in arrivals for pair in arrival.identities]
    if len(set(wanted)) != len(wanted):
        raise InvalidFields({"external_identities": _("The same external identity is given twice.")})
    keys = {key for _system, key in wanted}
    taken = set(ExternalIdentity.objects.filter(key__in=keys).values_list("system", "key")) if keys else set()
    if taken & set(wanted):
        raise InvalidFields({"external_identities": _("This external identity already belongs to another party.")})


def _party(arrival: Arrival) -> Party:
    draft, moment = arrival.draft, clock.now()
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


def point_rows(party: Party, points: Sequence[PointDraft]) -> list[ContactPoint]:
    """Unsaved rows for clean contact points, in their order."""
    return [ContactPoint(party_id=party.id, position=place, **point.__dict__) for place, point in enumerate(points)]


def address_rows(party: Party, addresses: Sequence[AddressDraft]) -> list[Address]:
    """Unsaved rows for clean addresses, in their order."""
    return [
        Address(party_id=party.id, position=place, **{k: v for k, v in draft.__dict__.items() if k != "doubts"})
        for place, draft in enumerate(addresses)
    ]


def _bring_in_relationships(
    principal: Principal, pairs: Sequence[tuple[Party, Arrival]]
) -> tuple[list[Relationship], list[RelationshipMember]]:
    moment = clock.now()
    rows: list[Relationship] = []
    members: list[RelationshipMember] = []
    steps: list[StageChange] = []
    for party, arrival in pairs:
        for spec in arrival.relationships:
            stage = spec.stage or first_stage(arrival.draft)
            row = Relationship(
                party_id=party.id,
                company_id=spec.company.id,
                product_line=spec.product_line,
                area=spec.area,
                channel=spec.channel,
                owner_id=spec.owner_id,
                unit=spec.unit,
                stage=stage,
                stage_since=moment,
                customer_since=moment.date() if stage == "customer" else None,
                created_at=moment,
            )
            rows.append(row)
            members += [RelationshipMember(relationship=row, user_id=user) for user in spec.members]
            steps.append(
                StageChange(
                    relationship_id=row.id,
                    company_id=spec.company.id,
                    to_stage=stage,
                    rule="" if spec.stage else "arrival",
                    actor_id=principal.user_id,
                    actor_name=principal.name,
                    at=moment,
                )
            )
    insert(Relationship, rows)
    insert(RelationshipMember, members)
    insert(StageChange, steps)
    return rows, members


def _tell_timeline(principal: Principal, pairs: Sequence[tuple[Party, Arrival]]) -> None:
    moment = clock.now()
    insert(
        TimelineEntry,
        [
            TimelineEntry(
                party_id=party.id,
                at=moment,
                kind="party.created",
                object="party",
                summary="",
                actor_id=principal.user_id,
                actor_name=principal.name,
                data={"source": arrival.source} if arrival.source else {},
            )
            for party, arrival in pairs
        ],
    )


def words_of(party: Party, draft: PartyDraft) -> str:
    """The folded words by which a party is found: names, addresses, numbers. Codes that a role may not see are none."""
    parts = [
        party.display_name,
        party.legal_name,
        *(part for point in draft.points for part in _point_words(point)),
        *(address.city for address in draft.addresses),
    ]
    return search.folded(parts)


def _point_words(point: PointDraft) -> tuple[str, ...]:
    if point.type in ("phone", "mobile", "fax"):
        national = point.normalised.removeprefix("+39")
        return (national, point.normalised.lstrip("+"))
    if point.type in ("email", "pec"):
        return (point.normalised, point.normalised.split("@")[0])
    return (point.normalised,)
