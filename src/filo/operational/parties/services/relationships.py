"""Who works a customer, and where he belongs: owner, members, area, channel, unit, further companies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.fields.values import refuse_missing
from filo.foundation.organisation.models import Area, Channel, Unit
from filo.operational.parties.drafts import REACHING
from filo.operational.parties.events import RelationshipAssigned, RelationshipGiven
from filo.operational.parties.models import Party, Relationship, RelationshipMember, StageChange, TimelineEntry
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.policies import PARTY_EDITED, RELATIONSHIP_ASSIGNED, RELATIONSHIP_EDITED
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import RelationshipSpec, own_unit_of, owned_spec
from filo.operational.parties.services.following import assigned
from filo.operational.parties.services.timeline import page_changed, tell


def open_relationship(principal: Principal, party: Party, spec: RelationshipSpec) -> Relationship:
    """A party becomes something to a further company or product line.

    Raises `Forbidden`, and `DomainError` when that relationship exists already.
    """
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
    check_line(spec)
    spec = owned_spec(principal, spec, own_unit_of(principal, "edit"))
    if spec.stage:
        refuse_missing(principal, ENTITY, party.fields, stage=spec.stage)
    with transaction.atomic():
        same = Relationship.objects.filter(party=party, company=spec.company, product_line=spec.product_line)
        if same.exists():
            raise _Exists
        try:
            with transaction.atomic():
                row = _store_new(principal, party, spec)
                reach.refresh([party.id])
        except IntegrityError:  # somebody else opened it at this very moment
            raise _Exists from None
        changes = {name: (None, value) for name, value in _whole(row).items()}
        record(principal, "relationship.open", kind="relationship", object_id=row.id, changes=changes)
        announce(principal, RelationshipAssigned(party=party.id, relationship=row.id))
        _announce_given(principal, row, [row.owner_id, *spec.members])
        page_changed(principal, [party.id], "facts")
    return row


def withdraw_relationship(principal: Principal, relationship: Relationship) -> None:
    """Take away a relationship that was opened by mistake, as long as nothing has happened with it.

    Raises `Forbidden`, and `DomainError` when it has a story: such a one is ended.
    """
    principal.require("party", "edit")
    if not (PARTY_EDITED.allows(principal, relationship.party) and RELATIONSHIP_EDITED.allows(principal, relationship)):
        raise Forbidden
    with transaction.atomic():
        locked = Relationship.objects.select_for_update().select_related("party").get(pk=relationship.pk)
        steps = StageChange.objects.filter(relationship=locked).count()
        if steps > 1 or TimelineEntry.objects.filter(relationship=locked).exists():
            raise _HasStory
        changes = {name: (value, None) for name, value in _whole(locked).items()}
        try:
            with transaction.atomic():
                locked.delete()
        except ProtectedError:
            raise _HasStory from None
        reach.refresh([relationship.party_id])
        record(principal, "relationship.withdraw", kind="relationship", object_id=relationship.id, changes=changes)
        page_changed(principal, [relationship.party_id], "facts")


def _whole(row: Relationship) -> dict[str, Any]:
    """All that makes a relationship, as the audit keeps it."""
    kept = ("party_id", "company_id", "product_line_id", "area_id", "channel_id", "owner_id", "unit_id", "stage")
    members = sorted(str(member.user_id) for member in row.members.all())
    return {**{name: getattr(row, name) for name in kept if getattr(row, name)}, "members": members}


class _HasStory(DomainError):
    code = "relationship-has-story"
    sentence = gettext_lazy("Something has happened with this relationship since: end it instead.")


class _Exists(DomainError):
    code = "relationship-exists"
    sentence = gettext_lazy("This relationship exists already.")


def _store_new(principal: Principal, party: Party, spec: RelationshipSpec) -> Relationship:
    moment = clock.now()
    reachable = party.contact_points.filter(type__in=REACHING).exists()
    stage = spec.stage or ("lead" if reachable else "suspect")
    row = Relationship.objects.create(
        party=party,
        company=spec.company,
        product_line=spec.product_line,
        area=spec.area,
        channel=spec.channel,
        owner_id=spec.owner_id,
        unit=spec.unit,
        stage=stage,
        customer_since=moment.date() if stage == "customer" else None,
        stage_since=moment,
        created_at=moment,
    )
    members = [RelationshipMember(relationship=row, user_id=user) for user in spec.members]
    RelationshipMember.objects.bulk_create(members)
    StageChange.objects.create(
        relationship=row,
        company=spec.company,
        to_stage=row.stage,
        rule="" if spec.stage else "arrival",
        actor_id=principal.user_id,
        actor_name=principal.name,
        at=moment,
    )
    return row


def assign_relationship(
    principal: Principal,
    relationship: Relationship,
    *,
    version: int | None,
    owner_id: UUID | None,
    area: Area | None,
    channel: Channel | None,
    unit: Unit | None,
    members: Iterable[UUID] | None = None,
    with_work: bool = True,
) -> Relationship:
    """Set who works a customer and where he belongs; what is open with him goes along, unless it is to stay.

    Raises `Forbidden`, `Stale`, `InvalidFields`.
    """
    principal.require("party", "assign")
    if not RELATIONSHIP_ASSIGNED.allows(principal, relationship):
        raise Forbidden
    wanted = {
        "owner_id": owner_id,
        "area_id": area.id if area else None,
        "channel_id": channel.id if channel else None,
        "unit_id": unit.id if unit else (area.default_unit_id if area else None),
    }
    return _assign(principal, relationship, wanted, members, version=version, with_work=with_work)


def put_back_assignment(
    principal: Principal, relationship: Relationship, before: Mapping[str, UUID | None], members: Iterable[UUID] | None
) -> Relationship:
    """Who worked it and where it belonged before an assignment that is taken back; what is not named stays.

    Raises `Forbidden`.
    """
    principal.require("party", "assign")
    if not RELATIONSHIP_ASSIGNED.allows(principal, relationship):
        raise Forbidden
    return _assign(principal, relationship, before, members)


def _assign(
    principal: Principal,
    relationship: Relationship,
    wanted: Mapping[str, UUID | None],
    members: Iterable[UUID] | None,
    *,
    version: int | None = None,
    with_work: bool = False,
) -> Relationship:
    with one_operation() as operation, transaction.atomic():
        locked = Relationship.objects.select_for_update().select_related("party").get(pk=relationship.pk)
        changes: dict[str, tuple[Any, Any]] = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        before, after = _set_members(locked, members)
        if before != after:
            changes["members"] = (before, after)
        if not changes:
            return locked
        for name, value in wanted.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        reach.refresh([locked.party_id])
        record(principal, "relationship.assign", kind="relationship", object_id=locked.id, changes=changes)
        announce(principal, assigned(locked, changes, with_work=with_work), operation_id=operation.id)
        new_owner = [locked.owner_id] if "owner_id" in changes else []
        _announce_given(principal, locked, [*new_owner, *(UUID(user) for user in set(after) - set(before))])
        if "owner_id" in changes:
            _tell_new_owner(principal, locked)
        page_changed(principal, [locked.party_id], "facts")
        page_changed(principal, [locked.party_id], "timeline")
    return locked


def _announce_given(principal: Principal, row: Relationship, people: Iterable[UUID | None]) -> None:
    told = [person for person in dict.fromkeys(people) if person is not None and person != principal.user_id]
    if told:
        announce(principal, RelationshipGiven(party=row.party_id, relationship=row.id, people=told))


def _set_members(relationship: Relationship, members: Iterable[UUID] | None) -> tuple[list[str], list[str]]:
    kept = {member.user_id: member for member in relationship.members.all()}
    if members is None:
        return [], []
    wanted = set(members)
    relationship.members.filter(user__in=kept.keys() - wanted).delete()
    RelationshipMember.objects.bulk_create(
        [RelationshipMember(relationship=relationship, user_id=user) for user in wanted - kept.keys()]
    )
    return sorted(map(str, kept)), sorted(map(str, wanted))


def _tell_new_owner(principal: Principal, relationship: Relationship) -> None:
    owner = relationship.owner
    tell(
        principal,
        relationship.party,
        at=clock.now(),
        kind="relationship.owner",
        object="party",
        summary="",
        company_id=relationship.company_id,
        relationship=relationship,
        owner_id=relationship.owner_id,
        unit_id=relationship.unit_id,
        data={"owner": owner.name if owner else ""},
    )


def check_line(spec: RelationshipSpec) -> None:
    """A product line belongs to the company it is sold by. Raises `InvalidFields`."""
    if spec.product_line and spec.product_line.company_id != spec.company.id:
        raise InvalidFields({"product_line": _("This product line belongs to another company.")})
