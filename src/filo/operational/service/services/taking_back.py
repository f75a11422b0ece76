"""How acts on requests are taken back: each field as it was, where nobody has changed it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import seen_ticket
from filo.operational.service.services.changing import change
from filo.operational.service.services.merging import part_tickets
from filo.operational.service.services.promises import go_on, pause, promise
from filo.operational.service.services.working import STOPPING

MOMENTS = ("solved_at", "closed_at", "responded_at")
KEYS = ("assignee_id", "group_id", "unit_id", "party_id", "merged_into_id")
ENDS = ("state", "waiting_on", "solved_at", "closed_at", "close_reason")


def register_undo() -> None:
    """Called once, when the program starts."""
    for action in ("ticket.edit", "ticket.assign", "ticket.state"):
        undo_with("ticket", action, _put_back)
    undo_with("ticket", "ticket.merge", _part)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    ticket = seen_ticket(principal, entry.object_id)
    free, since = _free(ticket, values)
    if free:
        change(principal, ticket, free, what=entry.action.removeprefix("ticket."), also=_clocks)
    return PutBack(free, since)


def _part(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    ticket = seen_ticket(principal, entry.object_id)
    free, since = _free(ticket, values)
    if "merged_into_id" not in free:
        return PutBack(left=since)
    part_tickets(principal, ticket, {name: value for name, value in free.items() if name in ENDS})
    return PutBack(free, since)


def _free(ticket: Ticket, values: Values) -> tuple[dict[str, Any], list[str]]:
    now = plain({name: getattr(ticket, name) for name in values})
    free, since = still_there(values, now)
    return {name: _typed(name, value) for name, value in free.items()}, since


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in MOMENTS:
        return datetime.fromisoformat(value)
    return UUID(value) if name in KEYS else value


def _clocks(locked: Ticket) -> None:
    """The clocks run as the state says that was put back, towards what its type and priority promise."""
    if locked.is_open:
        promise(locked, locked.group, locked.opened_at)
    if locked.waiting_on in STOPPING or not locked.is_open:
        pause(locked, clock.now())
    else:
        go_on(locked, locked.group, clock.now())
