"""How price lists, discounts, coupons, caps and features are kept: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, Stale
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.services import announce
from filo.operational.prices.policies import PRICE_KEPT

Row = TypeVar("Row", bound=Model)
Telling = Callable[[UUID, list[str]], DomainEvent]


def keep(
    principal: Principal,
    found: Row,
    facts: Mapping[str, Any],
    *,
    kind: str,
    tells: Telling | None = None,
    version: int | None = None,
) -> Row:
    """Make a row or change it: what is the same changes nothing. Raises `Forbidden`, `Stale`."""
    new = found._state.adding
    principal.require("price", "create" if new else "edit")
    with transaction.atomic():
        row: Any = found if new else type(found)._default_manager.select_for_update().get(pk=found.pk)
        if not new and hasattr(row, "company_id") and not PRICE_KEPT.allows(principal, row):
            raise Forbidden
        before = {name: _key(getattr(row, name)) for name in facts}
        if not new and version is not None and version != row.version:
            differing = {name: (before[name], _key(value)) for name, value in facts.items()}
            raise Stale({name: pair for name, pair in differing.items() if pair[0] != pair[1]}, version=row.version)
        for name, value in facts.items():
            setattr(row, name, value)
        if hasattr(row, "company_id") and not PRICE_KEPT.allows(principal, row):
            raise Forbidden
        changes = {name: (None if new else before[name], _key(value)) for name, value in facts.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes and not new:
            return row  # type: ignore[no-any-return]
        if not new and hasattr(row, "version"):
            row.version += 1
        row.save()
        record(principal, f"{kind}.{'create' if new else 'edit'}", kind=kind, object_id=row.pk, changes=changes)
        if tells is not None:
            announce(principal, tells(row.pk, sorted(changes)))
    return row  # type: ignore[no-any-return]


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
