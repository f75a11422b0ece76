"""How changes of requests read: which request, whose they are, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.models import (
    PRIORITIES,
    SEVERITIES,
    STATES,
    TYPES,
    WAITS,
    ComplaintCause,
    ServiceGroup,
    Ticket,
)

FIELDS: dict[str, Label] = {
    "number": gettext_lazy("Number"),
    "subject": gettext_lazy("What the customer asks for"),
    "description": gettext_lazy("In the customer's words"),
    "type": gettext_lazy("Type"),
    "priority": gettext_lazy("Priority"),
    "product": gettext_lazy("Product"),
    "state": gettext_lazy("State"),
    "waiting_on": gettext_lazy("Waits for"),
    "assignee_id": pgettext_lazy("a request", "Who has it"),
    "group_id": gettext_lazy("Group"),
    "party_id": gettext_lazy("Customer"),
    "close_reason": gettext_lazy("Closed because"),
    "solved_at": pgettext_lazy("a moment", "Solved"),
    "closed_at": pgettext_lazy("a moment", "Closed"),
    "responded_at": pgettext_lazy("a moment", "Answered"),
    "merged_into_id": gettext_lazy("Part of"),
    "reopened": gettext_lazy("Times opened again"),
    "cause_id": gettext_lazy("Cause of the complaint"),
    "severity": gettext_lazy("Severity"),
    "cost": gettext_lazy("Cost"),
    "remedy": gettext_lazy("What we did about it"),
    "score": gettext_lazy("Satisfaction"),
    "way": gettext_lazy("Wants a person"),
}
ACTIONS: dict[str, Label] = {
    "ticket.open": pgettext_lazy("a request", "Opened"),
    "ticket.edit": pgettext_lazy("a request", "Changed"),
    "ticket.assign": pgettext_lazy("a request", "Given"),
    "ticket.state": pgettext_lazy("a request", "Moved on"),
    "ticket.answer": pgettext_lazy("a request", "Answered"),
    "ticket.customer-wrote": pgettext_lazy("a request", "The customer wrote"),
    "ticket.reopen": pgettext_lazy("a request", "Opened again by the customer"),
    "ticket.want-person": pgettext_lazy("a request", "The customer wants a person"),
    "ticket.note": pgettext_lazy("a request", "Noted"),
    "ticket.merge": pgettext_lazy("a request", "Made a part of another"),
    "ticket.part": pgettext_lazy("a request", "Parted from the other"),
    "ticket.describe-complaint": pgettext_lazy("a request", "Complaint described"),
    "ticket.satisfaction": pgettext_lazy("a request", "Satisfaction given"),
}
_CODES: dict[str, dict[str, Any]] = {
    "type": dict(TYPES),
    "priority": dict(PRIORITIES),
    "state": dict(STATES),
    "waiting_on": dict(WAITS),
    "severity": {str(code): label for code, label in SEVERITIES},
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("ticket", gettext_lazy("Requests of customers"), FIELDS, words=_of_tickets, actions=ACTIONS)


def _of_tickets(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Ticket.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {ticket.pk: Thing(str(ticket), f"/tickets/{ticket.pk}") for ticket in seen}
    names = _names(principal, entries)

    def value(name: str, raw: Any) -> str:
        if raw not in (None, "") and name in _CODES:
            return str(_CODES[name].get(str(raw), raw))
        return names.get((name, str(raw))) or value_words(raw)

    return Telling(value, things)


def _names(principal: Principal, entries: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """What ids among the values are called, as far as this principal sees them."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for name, pair in entry.changes.items():
            if name.endswith("_id"):
                wanted.setdefault(name, set()).update(str(raw) for raw in pair if raw)
    found: dict[tuple[str, str], str] = {}
    for name, rows in (
        ("assignee_id", User.objects),
        ("group_id", ServiceGroup.objects),
        ("cause_id", ComplaintCause.objects),
    ):
        if ids := wanted.get(name):
            found |= {(name, str(row.pk)): row.name for row in rows.filter(pk__in=ids)}
    if ids := wanted.get("merged_into_id"):
        others = Ticket.objects.visible_to(principal).filter(pk__in=ids)
        found |= {("merged_into_id", str(row.pk)): row.number for row in others}
    if ids := wanted.get("party_id"):
        found |= {("party_id", str(pk)): name for pk, name in names_of(principal, {UUID(pk) for pk in ids}).items()}
    return found
