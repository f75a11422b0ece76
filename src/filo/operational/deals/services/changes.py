"""What a setting was and what it becomes, written with audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import NotFound, Stale
from filo.operational.deals.models import (
    AssignmentRule,
    LossReason,
    Pipeline,
    PipelineStage,
    ScoreRule,
)

Setting = TypeVar("Setting", Pipeline, PipelineStage, LossReason, ScoreRule, AssignmentRule)
Changes = dict[str, tuple[Any, Any]]


def keep_setting(
    principal: Principal, found: Setting, facts: Mapping[str, Any], *, kind: str, version: int | None = None
) -> Setting:
    """Write what is set up, with audit, in one transaction. Raises `NotFound` (taken away meanwhile), `Stale`."""
    with transaction.atomic():
        kept, changes = write_setting(found, facts, version=version)
        record_setting(principal, kept, changes, kind=kind)
    return kept


def write_setting(found: Setting, facts: Mapping[str, Any], *, version: int | None = None) -> tuple[Setting, Changes]:
    """The row as it is kept now, locked, with these facts, and what changed, rows by their ids; called in a
    transaction. What is not among the facts stays as others wrote it; nothing changes: nothing is written.

    Raises `NotFound` (taken away meanwhile), `Stale`.
    """
    new = found._state.adding
    row: Setting = found if new else _locked(found)
    changes = {
        name: (None if new else _key(getattr(row, name)), _key(value))
        for name, value in facts.items()
        if new or getattr(row, name) != value
    }
    if version is not None and version != row.version:
        raise Stale(changes, version=row.version)
    for name, value in facts.items():
        setattr(row, name, value)
    if new:
        row.save()
    elif changes:
        mark_changed(row)
    return row, {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def mark_changed(row: Setting) -> None:
    """A locked row is written as a version of its own."""
    row.version += 1
    row.save()


def record_setting(principal: Principal, row: Setting, changes: Changes, *, kind: str) -> None:
    """Into the audit, where something was written."""
    if changes:
        record(principal, f"{kind}.save", kind=kind, object_id=row.pk, changes=changes)


def _locked(found: Setting) -> Setting:
    row = type(found)._default_manager.select_for_update().filter(pk=found.pk).first()
    if row is None:
        raise NotFound
    return row


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
