"""A chunk of audit rows is turned round: what is still as it was left becomes what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import insert
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.services import announce
from filo.foundation.search import services as search
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.events import PartyEdited, PartyRestored, StageMoved
from filo.operational.parties.models import BulkEdit, Party, Reach, Relationship, RelationshipMember, StageChange
from filo.operational.parties.own_fields import PREFIX
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import words_of
from filo.operational.parties.services.editing import facts_of
from filo.operational.parties.services.following import assigned
from filo.operational.parties.services.many.acts import Act
from filo.operational.parties.services.many.planning import fact_of
from filo.operational.parties.services.many.storing import ACTIONS, member_from, store_own, tell_pages
from filo.operational.parties.services.many.telling import untell_some

NOT_OF_THE_ROW = ("reason", "members", "member")


@dataclass(frozen=True)
class Turned:
    """A row with the values that it had before."""

    row: Any
    before: Mapping[str, Any]
    entry: AuditEntry


def restore(principal: Principal, edit: BulkEdit, act: Act, entries: Sequence[AuditEntry]) -> int:
    """Turn these round in the caller's transaction; gives how many could be: others were changed since, or are gone."""
    model = Relationship if act.is_about_relationships else Party
    held = model._default_manager.select_for_update().filter(pk__in=[entry.object_id for entry in entries])
    rows = {row.pk: row for row in held.order_by("pk")}
    members = _members_now(act, entries)
    turned = [
        Turned(rows[entry.object_id], _before(entry, model), entry)
        for entry in entries
        if entry.object_id in rows and _is_as_left(act, entry, rows[entry.object_id], members)
    ]
    if turned:
        _write(turned, act)
        _keep_reading_tables(edit, act, turned)
        _tell(principal, edit, act, turned)
    return len(turned)


def _members_now(act: Act, entries: Sequence[AuditEntry]) -> set[UUID]:
    """The relationships that the member of the act is in."""
    if "user" not in act.to:
        return set()
    rows = RelationshipMember.objects.filter(relationship__in=[entry.object_id for entry in entries])
    return set(rows.filter(user=UUID(str(act.to["user"]))).values_list("relationship", flat=True))


def _is_as_left(act: Act, entry: AuditEntry, row: Any, members: set[UUID]) -> bool:
    if "user" in act.to:
        return (row.pk in members) == (act.kind == "member-add")
    after = {name: _value(type(row), name, pair[1]) for name, pair in _columns(entry)}
    return all(fact_of(row, name) == value for name, value in after.items())


def _columns(entry: AuditEntry) -> list[tuple[str, Any]]:
    return [(name, pair) for name, pair in entry.changes.items() if name not in NOT_OF_THE_ROW]


def _before(entry: AuditEntry, model: Any) -> dict[str, Any]:
    return {name: _value(model, name, pair[0]) for name, pair in _columns(entry)}


def _value(model: Any, name: str, kept: Any) -> Any:
    """A value as the column has it, from what the audit keeps."""
    if kept is None or name.startswith(PREFIX):
        return kept
    if name.endswith("_id"):
        return UUID(kept)
    if name in ("stage_since", "deleted_at"):
        return datetime.fromisoformat(kept)
    if name == "customer_since":
        return date.fromisoformat(kept)
    return model._meta.get_field(name).to_python(kept)


def _write(turned: Sequence[Turned], act: Act) -> None:
    if act.kind == "member-add":
        gone = RelationshipMember.objects.filter(relationship__in=[one.row.pk for one in turned])
        gone.filter(user=UUID(str(act.to["user"]))).delete()
    elif act.kind == "member-remove":
        insert(RelationshipMember, [member_from(one.row.pk, one.entry.changes["member"][0]) for one in turned])
    own = next((name for name in act.to if name.startswith(PREFIX)), "")
    if own:
        store_own({one.row: one.before[own] for one in turned}, own)
    groups: dict[tuple[Any, ...], list[Turned]] = {}
    for one in turned:
        groups.setdefault(tuple(sorted(one.before.items(), key=lambda pair: pair[0])), []).append(one)
    for values, same in groups.items():
        rows = type(same[0].row)._default_manager.filter(pk__in=[one.row.pk for one in same])
        rows.update(**_with_version({name: value for name, value in values if name != own}, act))


def _with_version(values: dict[str, Any], act: Act) -> dict[str, Any]:
    """Versions only grow: a form that was opened meanwhile must not pass for one of the time before."""
    if act.kind == "bin":
        return values
    more: dict[str, Any] = {"version": F("version") + 1}
    if act.kind == "fact":
        more["updated_at"] = clock.now()
    return values | more


def _keep_reading_tables(edit: BulkEdit, act: Act, turned: Sequence[Turned]) -> None:
    keys = [one.row.pk for one in turned]
    if act.kind == "bin":
        Reach.objects.filter(party__in=keys).update(living=True)
        _find_again(keys)
    elif act.kind == "stage":
        for stage in {one.before["stage"] for one in turned}:
            some = [one.row.pk for one in turned if one.before["stage"] == stage]
            Reach.objects.filter(relationship__in=some, direct=True).update(stage=stage)
        StageChange.objects.filter(relationship__in=keys, at__in={one.row.stage_since for one in turned}).delete()
        untell_some(edit.pk, keys)
    elif act.is_about_relationships:
        reach.refresh({one.row.party_id for one in turned})
        untell_some(edit.pk, keys)


def _find_again(keys: Sequence[UUID]) -> None:
    found = Party.objects.filter(pk__in=keys).prefetch_related("contact_points", "addresses")
    search.index("party", {party.pk: words_of(party, clean_party(facts_of(party))) for party in found})


def _tell(principal: Principal, edit: BulkEdit, act: Act, turned: Sequence[Turned]) -> None:
    action, kind = ACTIONS[act.kind]
    changes = [
        Change(kind, one.row.pk, {name: (after, before) for name, (before, after) in one.entry.changes.items()})
        for one in turned
    ]
    restored = "party.restore" if act.kind == "bin" else action
    with one_operation(id=edit.back_operation, undoes=edit.pk):
        record_many(principal, restored, changes)
    announce(principal, *(_event(edit, act, one) for one in turned), operation_id=edit.back_operation)
    parties = {one.row.party_id if act.is_about_relationships else one.row.pk for one in turned}
    tell_pages(parties, "facts", *(["timeline"] if act.is_about_relationships else []))


def _event(edit: BulkEdit, act: Act, one: Turned) -> DomainEvent:
    if act.kind == "bin":
        return PartyRestored(party=one.row.pk)
    if act.kind == "fact":
        return PartyEdited(party=one.row.pk, fields=sorted(one.before))
    if act.kind == "stage":
        to = one.before["stage"]
        return StageMoved(party=one.row.party_id, relationship=one.row.pk, from_stage=one.row.stage, to_stage=to)
    return assigned(one.row, {}, with_work=False, undoes=edit.pk)
