"""Macros: kept in the settings, done with one press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.service.models import Macro, Ticket
from filo.operational.service.services.working import add_ticket_note, assign_ticket, change_ticket, set_ticket_state


def apply_macro(principal: Principal, ticket: Ticket, macro: Macro) -> Ticket:
    """Everything that a macro does, as one act that can be taken back as one. Raises `Forbidden`, `InvalidFields`."""
    with one_operation(), transaction.atomic():
        facts = {"type": macro.set_type, "priority": macro.set_priority}
        wanted: dict[str, Any] = {name: value for name, value in facts.items() if value}
        if wanted:
            ticket = change_ticket(principal, ticket, **wanted)
        if macro.takes and principal.user_id:
            ticket = assign_ticket(principal, ticket, assignee_id=principal.user_id)
        if macro.note.strip():
            add_ticket_note(principal, ticket, macro.note)
        if macro.set_state:
            ticket = set_ticket_state(
                principal, ticket, macro.set_state, waiting_on=macro.set_waiting_on, reason=macro.close_reason
            )
    return ticket


def save_macro(principal: Principal, macro: Macro | None, facts: Mapping[str, Any]) -> Macro:
    """Keep a new macro or change one. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    found = macro or Macro()
    before = {name: getattr(found, name) for name in facts} if macro else {}
    for name, value in facts.items():
        setattr(found, name, value)
    if found.set_state == "waiting" and not found.set_waiting_on:
        raise InvalidFields({"set_waiting_on": _("Say whom it waits for.")})
    if found.set_state != "waiting":
        found.set_waiting_on = ""
    if Macro.objects.filter(name=found.name).exclude(pk=found.pk).exists():
        raise InvalidFields({"name": _("There is one of this name already.")})
    with transaction.atomic():
        found.save()
        after = {name: (before.get(name), getattr(found, name)) for name in facts if name != "group"}
        changes = {name: pair for name, pair in after.items() if pair[0] != pair[1]}
        record(principal, "macro.save", kind="macro", object_id=found.id, changes=changes)
    return found
