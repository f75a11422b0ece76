"""Writes the audit; verbs call it inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import Operation, current_operation
from filo.foundation.bulk import insert

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Change:
    """One object that an act changed."""

    kind: str
    object_id: UUID
    changes: Changes


def record(
    principal: Principal, action: str, *, kind: str, object_id: UUID, changes: Changes | None = None
) -> AuditEntry:
    """Keep that `principal` did `action` to one object; `changes` maps fields to (before, after)."""
    return record_many(principal, action, [Change(kind, object_id, changes or {})])[0]


def record_many(principal: Principal, action: str, found: Iterable[Change]) -> list[AuditEntry]:
    """The same for many objects of one act, in one statement."""
    moment, operation = clock.now(), current_operation() or Operation()
    entries = [
        AuditEntry(
            at=moment,
            operation=operation.id,
            undoes=operation.undoes,
            actor=principal.user_id,
            actor_name=principal.viewed_by or principal.name,
            door=principal.door,
            action=action,
            kind=change.kind,
            object_id=change.object_id,
            changes={name: [plain(before), plain(after)] for name, (before, after) in change.changes.items()},
        )
        for change in found
    ]
    insert(AuditEntry, entries)
    operation.written += len(entries)
    return entries


def plain(value: Any) -> Any:
    """A value as the audit keeps it: what JSON knows, all else as text."""
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain(found) for name, found in value.items()}
    if isinstance(value, list | tuple):
        return [plain(found) for found in value]
    return value
