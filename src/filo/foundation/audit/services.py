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
from filo.foundation.bulk import insert
from filo.foundation.ids import uuid7

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
    moment, operation = clock.now(), uuid7()
    entries = [
        AuditEntry(
            at=moment,
            operation=operation,
            actor=principal.user_id,
            actor_name=principal.viewed_by or principal.name,
            door=principal.door,
            action=action,
            kind=change.kind,
            object_id=change.object_id,
            changes={name: [_plain(before), _plain(after)] for name, (before, after) in change.changes.items()},
        )
        for change in found
    ]
    insert(AuditEntry, entries)
    return entries


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
