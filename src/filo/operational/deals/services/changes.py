"""What a setting was and what it becomes, written with audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.operational.deals.models import (
    LossReason,
    ScoreRule,
)


def keep_setting(principal: Principal, found: LossReason | ScoreRule, facts: Mapping[str, Any], *, kind: str) -> None:
    """Write what is set up, with audit, in one transaction."""
    with transaction.atomic():
        changes = write_setting(found, facts)
        record(principal, f"{kind}.save", kind=kind, object_id=found.pk, changes=changes)


def write_setting(found: Model, facts: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
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
