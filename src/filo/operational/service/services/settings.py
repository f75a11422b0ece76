"""What a firm sets up: groups with their people, targets, reasons for closing, causes of complaints."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.service.models import CloseReason, ComplaintCause, GroupMember, ServiceGroup, ServiceTarget

Named = TypeVar("Named", CloseReason, ComplaintCause)


def save_group(
    principal: Principal, group: ServiceGroup | None, facts: Mapping[str, Any], *, members: Collection[UUID]
) -> ServiceGroup:
    """Make a group or change one, and say who works in it. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    found = group or ServiceGroup(code=facts.get("code") or slugify(facts["name"])[:60])
    if ServiceGroup.objects.filter(code=found.code).exclude(pk=found.pk).exists():
        raise InvalidFields({"name": _("There is one of this name already.")})
    with transaction.atomic():
        changes = _write(found, {name: value for name, value in facts.items() if name != "code"})
        kept = set(GroupMember.objects.filter(group=found).values_list("user", flat=True))
        wanted = set(members)
        GroupMember.objects.filter(group=found, user__in=kept - wanted).delete()
        GroupMember.objects.bulk_create(GroupMember(group=found, user_id=user) for user in wanted - kept)
        if kept != wanted:
            changes["members"] = (sorted(map(str, kept)), sorted(map(str, wanted)))
        record(principal, "service-group.save", kind="service-group", object_id=found.id, changes=changes)
    return found


def save_target(principal: Principal, target: ServiceTarget | None, facts: Mapping[str, Any]) -> ServiceTarget:
    """Promise some kind of requests other times. Raises `Forbidden`, `InvalidFields` (promised already, in no time)."""
    principal.require("settings", "edit")
    found = target or ServiceTarget()
    same = ServiceTarget.objects.filter(group=facts["group"], type=facts["type"], priority=facts["priority"])
    if same.exclude(pk=found.pk).exists():
        raise InvalidFields({"type": _("There is a target for these already.")})
    if facts["respond_within"] < 1 or facts["solve_within"] < facts["respond_within"]:
        raise InvalidFields({"solve_within": _("What is solved was answered before: give it at least as long.")})
    with transaction.atomic():
        changes = _write(found, facts)
        record(principal, "service-target.save", kind="service-target", object_id=found.id, changes=changes)
    return found


def remove_target(principal: Principal, target: ServiceTarget) -> None:
    """Promise what the group promises. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        key = target.id
        target.delete()
        record(principal, "service-target.remove", kind="service-target", object_id=key, changes={})


def save_reason(principal: Principal, reason: CloseReason | None, facts: Mapping[str, Any]) -> CloseReason:
    """Keep a reason for closing. Raises `Forbidden`, `InvalidFields`."""
    found = reason or CloseReason(position=CloseReason.objects.count() + 1)
    return _save_named(principal, found, facts, kind="close-reason")


def save_cause(principal: Principal, cause: ComplaintCause | None, facts: Mapping[str, Any]) -> ComplaintCause:
    """Keep a cause of complaints. Raises `Forbidden`, `InvalidFields`."""
    found = cause or ComplaintCause(position=ComplaintCause.objects.count() + 1)
    return _save_named(principal, found, facts, kind="complaint-cause")


def _save_named(principal: Principal, found: Named, facts: Mapping[str, Any], *, kind: str) -> Named:
    principal.require("settings", "edit")
    if type(found).objects.filter(name=facts["name"]).exclude(pk=found.pk).exists():
        raise InvalidFields({"name": _("There is one of this name already.")})
    with transaction.atomic():
        changes = _write(found, facts)
        record(principal, f"{kind}.save", kind=kind, object_id=found.id, changes=changes)
    return found


def _write(found: Model, facts: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set and save; gives what changed, with rows by their ids."""
    changes = {}
    for name, value in facts.items():
        before = getattr(found, name)
        if before != value:
            changes[name] = (_key(before), _key(value))
        setattr(found, name, value)
    found.save()
    return changes


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
