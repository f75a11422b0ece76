"""How changes of conversations read: which one, with whom, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.inbox.models import STATES, Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.models import ServiceGroup, Ticket

FIELDS: dict[str, Label] = {
    "state": gettext_lazy("State"),
    "snoozed_until": gettext_lazy("Put off until"),
    "assignee_id": pgettext_lazy("a request", "Who has it"),
    "group_id": gettext_lazy("Group"),
    "party": gettext_lazy("Customer"),
    "tags": gettext_lazy("Labels"),
    "private": gettext_lazy("Personal mail"),
    "into": gettext_lazy("Part of"),
    "from": gettext_lazy("Parted from"),
    "ticket_id": gettext_lazy("Request"),
    "wants_person": gettext_lazy("Wants a person"),
    "reason": gettext_lazy("Reason"),
}
ACTIONS: dict[str, Label] = {
    "conversation.begin": pgettext_lazy("a conversation", "Begun"),
    "conversation.assign": pgettext_lazy("a conversation", "Given"),
    "conversation.pass-on": pgettext_lazy("a conversation", "Passed on"),
    "conversation.open": pgettext_lazy("a conversation", "Opened again"),
    "conversation.waiting": pgettext_lazy("a conversation", "Waits for the customer"),
    "conversation.done": pgettext_lazy("a conversation", "Done"),
    "conversation.snooze": pgettext_lazy("a conversation", "Put off"),
    "conversation.wake": pgettext_lazy("a conversation", "Came back"),
    "conversation.label": pgettext_lazy("a conversation", "Labelled"),
    "conversation.share": pgettext_lazy("a conversation", "Shared"),
    "conversation.merge": pgettext_lazy("a conversation", "Made a part of another"),
    "conversation.unmerge": pgettext_lazy("a conversation", "Parted from the other"),
    "conversation.join": pgettext_lazy("a conversation", "Goes on with another"),
    "conversation.split": pgettext_lazy("a conversation", "Parted"),
    "conversation.move": pgettext_lazy("a conversation", "Moved to another customer"),
    "conversation.note": pgettext_lazy("a conversation", "Noted"),
    "message.receive": pgettext_lazy("a conversation", "A message came"),
    "message.send": pgettext_lazy("a conversation", "A message left"),
    "message.call-back": pgettext_lazy("a conversation", "A message was called back"),
    "message.fail": pgettext_lazy("a conversation", "A message did not arrive"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("conversation", gettext_lazy("Conversations"), FIELDS, words=_of_conversations, actions=ACTIONS)


def _of_conversations(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = {entry.object_id for entry in entries}
    others = {UUID(raw) for name in ("into", "from") for raw in _raw_values(entries, name)}
    seen = Conversation.objects.known_to(principal).filter(pk__in=ids | others)
    things = {row.pk: Thing(str(row), f"/inbox/{row.pk}") for row in seen.select_related("party")}
    names = _names(principal, entries)

    def value(name: str, raw: Any) -> str | None:
        if raw in (None, ""):
            return value_words(raw)
        if name == "state":
            return str(dict(STATES).get(raw, raw))
        if name in ("into", "from"):
            other = things.get(UUID(raw))
            return other.name if other else None
        return names.get((name, str(raw))) or value_words(raw)

    return Telling(value, {pk: thing for pk, thing in things.items() if pk in ids})


def _names(principal: Principal, entries: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """What ids among the values are called, as far as this principal sees them."""
    found: dict[tuple[str, str], str] = {}
    if ids := _raw_values(entries, "assignee_id"):
        found |= {("assignee_id", str(row.pk)): row.name for row in User.objects.filter(pk__in=ids)}
    if ids := _raw_values(entries, "group_id"):
        found |= {("group_id", str(row.pk)): row.name for row in ServiceGroup.objects.filter(pk__in=ids)}
    if ids := _raw_values(entries, "ticket_id"):
        rows = Ticket.objects.visible_to(principal).filter(pk__in=ids)
        found |= {("ticket_id", str(row.pk)): row.number for row in rows}
    if ids := _raw_values(entries, "party"):
        found |= {("party", str(pk)): name for pk, name in names_of(principal, {UUID(pk) for pk in ids}).items()}
    return found


def _raw_values(entries: Sequence[AuditEntry], name: str) -> set[str]:
    return {str(raw) for entry in entries for raw in entry.changes.get(name, ()) if raw}
