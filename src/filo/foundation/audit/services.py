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
from filo.foundation.bulk import insert, insert_values
from filo.foundation.ids import uuid7s

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
    entry = AuditEntry(
        kind=kind, object_id=object_id, changes=_plain_changes(changes or {}), **_act(principal, action, 1)
    )
    insert(AuditEntry, [entry])
    return entry


def record_many(principal: Principal, action: str, found: Iterable[Change]) -> None:
    """The same for many objects of one act, in one statement."""
    changes = list(found)
    if not changes:
        return
    rows = [
        (key, change.kind, change.object_id, _plain_changes(change.changes))
        for key, change in zip(uuid7s(len(changes)), changes, strict=True)
    ]
    same = _act(principal, action, len(rows))
    insert_values(AuditEntry, ("id", "kind", "object_id", "changes"), rows, **same)


def _act(principal: Principal, action: str, entries: int) -> dict[str, Any]:
    """What the entries of an act have in common; the act counts them."""
    operation = current_operation() or Operation()
    operation.written += entries
    return {
        "at": clock.now(),
        "operation": operation.id,
        "undoes": operation.undoes,
        "actor": principal.user_id,
        "actor_name": principal.viewed_by or principal.name,
        "door": principal.door,
        "action": action,
    }


def _plain_changes(changes: Changes) -> dict[str, list[Any]]:
    return {name: [plain(before), plain(after)] for name, (before, after) in changes.items()}


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
