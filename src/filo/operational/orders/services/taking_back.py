"""How changes of an order's facts and lines are taken back; its states have ways back of their own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.operational.orders.drafts import FACTS
from filo.operational.orders.queries.finding import KIND, seen_order
from filo.operational.orders.services.writing import change_order, put_lines_back


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with(KIND, "order.edit", _put_back)
    undo_with(KIND, "order.lines", _lines_back)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Each fact as it was, where nobody has changed it since; what follows from them (prices, sums) follows again."""
    order = seen_order(principal, entry.object_id)
    facts = {name: pair for name, pair in values.items() if name in FACTS}
    free, since = still_there(facts, plain({name: getattr(order, name) for name in facts}))
    if free:
        wanted = {name: _typed(name, value) for name, value in free.items()}
        change_order(principal, order, version=order.version, **wanted)
    return PutBack([*free, *(name for name in values if name not in facts and free)], since)


def _lines_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """All lines as they were, where nobody has changed one since; sums and what the stock promised follow."""
    if "lines" not in values:
        return PutBack()
    before, after = values["lines"]
    if put_lines_back(principal, seen_order(principal, entry.object_id), before or [], after or []):
        return PutBack(list(values))
    return PutBack(left=["lines"])


def _typed(name: str, value: Any) -> Any:
    if value and name.endswith("_id"):
        return UUID(value)
    return date.fromisoformat(value) if value and name == "promised_date" else value
