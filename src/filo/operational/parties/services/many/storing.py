"""Writes what an act does to a chunk of parties, with all that the verbs on one of them would write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import insert
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_many
from filo.foundation.push.services import publish_many
from filo.foundation.search import services as search
from filo.operational.parties.events import PartyDeleted, PartyEdited, StageMoved
from filo.operational.parties.models import Party, Reach, Relationship, RelationshipMember, StageChange
from filo.operational.parties.own_fields import ENTITY, PREFIX, with_facts
from filo.operational.parties.services import reach
from filo.operational.parties.services.following import assigned
from filo.operational.parties.services.many.acts import Act, as_key
from filo.operational.parties.services.many.planning import Step
from filo.operational.parties.services.many.telling import tell_of_owner, tell_of_stages

AT_ONCE = 200
ACTIONS = {
    "assign": ("relationship.assign", "relationship"),
    "member-add": ("relationship.assign", "relationship"),
    "member-remove": ("relationship.assign", "relationship"),
    "stage": ("relationship.move-stage", "relationship"),
    "fact": ("party.edit", "party"),
    "bin": ("party.delete", "party"),
}


def store(principal: Principal, operation: UUID, act: Act, steps: Sequence[Step]) -> None:
    """Do the act to these rows, which the caller has locked, in the caller's transaction."""
    if not steps:
        return
    write = {"assign": _assign, "stage": _move, "fact": _set_fact, "bin": _bin}.get(act.kind, _set_members)
    write(principal, operation, act, steps)
    action, kind = ACTIONS[act.kind]
    with one_operation(id=operation):
        record_many(principal, action, [Change(kind, step.row.pk, step.changes) for step in steps])
    tell_pages(parties_of(steps), "facts", *(["timeline"] if act.is_about_relationships else []))


def parties_of(steps: Iterable[Step]) -> set[UUID]:
    """The parties that these rows are, or belong to."""
    return {step.row.party_id if isinstance(step.row, Relationship) else step.row.pk for step in steps}


def tell_pages(parties: Iterable[UUID], *parts: str) -> None:
    """Tell the open pages of these parties which parts changed."""
    topics = [f"party:{key}" for key in parties]
    for part in parts:
        publish_many(topics, part)


def _keys(steps: Iterable[Step]) -> list[UUID]:
    return [step.row.pk for step in steps]


def _assign(principal: Principal, operation: UUID, act: Act, steps: Sequence[Step]) -> None:
    values: dict[str, Any] = {name: as_key(value) for name, value in act.to.items()}
    Relationship.objects.filter(pk__in=_keys(steps)).update(**values, version=F("version") + 1)
    _reach_changed(principal, operation, act, steps)
    if "owner_id" in act.to:
        given = [step.row for step in steps if "owner_id" in step.changes]
        for row in given:
            row.owner_id, row.unit_id = values["owner_id"], values.get("unit_id", row.unit_id)
        tell_of_owner(principal, operation, given, values["owner_id"])


def _set_members(principal: Principal, operation: UUID, act: Act, steps: Sequence[Step]) -> None:
    if act.kind == "member-add":
        user = UUID(str(act.to["user"]))
        insert(RelationshipMember, [RelationshipMember(relationship=step.row, user_id=user) for step in steps])
    else:
        gone = [step.changes["member"][0]["id"] for step in steps]
        RelationshipMember.objects.filter(pk__in=gone).delete()
    Relationship.objects.filter(pk__in=_keys(steps)).update(version=F("version") + 1)
    _reach_changed(principal, operation, act, steps)


def member_from(relationship: UUID, found: dict[str, str]) -> RelationshipMember:
    """A member as the audit kept it."""
    return RelationshipMember(
        id=UUID(found["id"]), relationship_id=relationship, user_id=UUID(found["user"]), role=found["role"]
    )


def _reach_changed(principal: Principal, operation: UUID, act: Act, steps: Sequence[Step]) -> None:
    reach.refresh(parties_of(steps))
    told = [assigned(step.row, step.changes, with_work=act.with_work) for step in steps]
    announce(principal, *told, operation_id=operation)


def _move(principal: Principal, operation: UUID, act: Act, steps: Sequence[Step]) -> None:
    to, moment = str(act.to["stage"]), steps[0].changes["stage_since"][1]
    rows = Relationship.objects.filter(pk__in=_keys(steps))
    rows.update(stage=to, stage_since=moment, version=F("version") + 1)
    new = [step.row.pk for step in steps if "customer_since" in step.changes]
    rows.filter(pk__in=new).update(customer_since=moment.date())
    Reach.objects.filter(relationship__in=_keys(steps), direct=True).update(stage=to)
    insert(
        StageChange,
        [
            StageChange(
                relationship_id=step.row.pk,
                company_id=step.row.company_id,
                from_stage=step.row.stage,
                to_stage=to,
                reason=act.reason,
                actor_id=principal.user_id,
                actor_name=principal.name,
                at=moment,
            )
            for step in steps
        ],
    )
    tell_of_stages(principal, operation, act, [step.row for step in steps])
    told = [
        StageMoved(party=step.row.party_id, relationship=step.row.pk, from_stage=step.row.stage, to_stage=to)
        for step in steps
    ]
    announce(principal, *told, operation_id=operation)


def _set_fact(principal: Principal, operation: UUID, act: Act, steps: Sequence[Step]) -> None:
    ((name, value),) = act.to.items()
    rows = Party.objects.filter(pk__in=_keys(steps))
    facts: dict[str, Any] = {} if name.startswith(PREFIX) else {name: value}
    if not facts:
        store_own({step.row: value for step in steps}, name)
    rows.update(**facts, version=F("version") + 1, updated_at=clock.now())
    announce(principal, *(PartyEdited(party=key, fields=[name]) for key in _keys(steps)), operation_id=operation)


def store_own(values: Mapping[Party, Any], name: str) -> None:
    """Write what parties have in one field of the firm's own, where lists are narrowed by it too."""
    for party, value in values.items():
        party.fields = with_facts(party.fields, {name: value})
    Party.objects.bulk_update(values, ["fields"], batch_size=AT_ONCE)
    store_many(ENTITY, {party.pk: party.fields for party in values})


def _bin(principal: Principal, operation: UUID, _act: Act, steps: Sequence[Step]) -> None:
    keys = _keys(steps)
    Party.objects.filter(pk__in=keys).update(deleted_at=steps[0].changes["deleted_at"][1])
    Reach.objects.filter(party__in=keys).update(living=False)
    search.forget("party", keys)
    announce(principal, *(PartyDeleted(party=key) for key in keys), operation_id=operation)
