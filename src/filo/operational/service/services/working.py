"""A request is worked: given, changed, set waiting, solved, closed, opened again, noted on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.operational.parties.models import Party
from filo.operational.service.events import TicketReopened, TicketSolved
from filo.operational.service.findable import keep_words
from filo.operational.service.models import PRIORITIES, STATES, TYPES, WAITS, ServiceGroup, Ticket, TicketNote
from filo.operational.service.policies import TICKET_EDITED
from filo.operational.service.services.changing import change, page_of_ticket_changed, tell_of
from filo.operational.service.services.promises import go_on, pause, promise

EDITABLE = ("subject", "type", "priority", "product", "description")
LIMIT = 50_000
STOPPING = ("customer", "supplier")  # waiting for these, the clocks stand still


def change_ticket(principal: Principal, ticket: Ticket, *, version: int | None = None, **fields: Any) -> Ticket:
    """Change subject, type, priority, product or description. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    problems = {}
    for name, known in (("type", dict(TYPES)), ("priority", dict(PRIORITIES))):
        if name in fields and fields[name] not in known:
            problems[name] = _("Choose one of: %(names)s.") % {"names": ", ".join(known)}
    if "subject" in fields:
        fields["subject"] = clean_line(fields["subject"], max_length=300)
        if not fields["subject"]:
            problems["subject"] = _("Say what the customer asks for.")
    if problems:
        raise InvalidFields(problems)
    if "product" in fields:
        fields["product"] = clean_line(fields["product"], max_length=200)
    if "description" in fields:
        fields["description"] = clean_text(fields["description"], max_length=LIMIT)
    facts = {name: value for name, value in fields.items() if name in EDITABLE}

    def promised_anew(locked: Ticket) -> None:
        if ("priority" in facts or "type" in facts) and locked.is_open:
            promise(locked, locked.group, locked.opened_at)

    return change(principal, ticket, facts, what="edit", version=version, also=promised_anew)


def assign_ticket(
    principal: Principal, ticket: Ticket, *, assignee_id: UUID | None, group: ServiceGroup | None = None
) -> Ticket:
    """Give a request to a colleague (None: to nobody), and to another group where one is named.

    Raises `Forbidden`, `InvalidFields`.
    """
    if assignee_id and not User.objects.filter(pk=assignee_id, is_active=True).exists():
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})

    def facts(locked: Ticket) -> dict[str, Any]:
        found: dict[str, Any] = {"assignee_id": assignee_id}
        if group is not None:
            found |= {"group_id": group.id, "unit_id": group.unit_id or locked.unit_id}
        if assignee_id and locked.state == "new":
            found["state"] = "open"
        return found

    def promised_anew(locked: Ticket) -> None:
        if group is not None and group.id != ticket.group_id and locked.is_open:
            promise(locked, locked.group, locked.opened_at)

    return change(principal, ticket, facts, what="assign", also=promised_anew)


def set_ticket_party(principal: Principal, ticket: Ticket, party: Party | None) -> Ticket:
    """Say whose request it is, where nobody knew or somebody was wrong. Raises `Forbidden`."""
    found = change(principal, ticket, {"party_id": party.id if party else None}, what="edit")
    if party is not None and party.id != ticket.party_id:
        found.party = party
        tell_of(principal, found, "ticket.opened")
    return found


def set_ticket_state(
    principal: Principal,
    ticket: Ticket,
    state: str,
    *,
    waiting_on: str = "",
    reason: str = "",
    version: int | None = None,
) -> Ticket:
    """Open, waiting (on whom), solved, closed (why). Raises `Forbidden`, `InvalidFields`, `Stale`.

    While the customer or a supplier is waited for, the clocks stand still, and so they do after the end.
    """
    if state not in dict(STATES):
        raise InvalidFields({"state": _("Choose one of: %(names)s.") % {"names": ", ".join(dict(STATES))}})
    if state == "waiting" and waiting_on not in dict(WAITS):
        raise InvalidFields({"waiting_on": _("Say whom it waits for.")})
    moment = clock.now()
    waiting_on = waiting_on if state == "waiting" else ""
    was_open: list[bool] = []

    def facts(locked: Ticket) -> dict[str, Any]:
        was_open.append(locked.is_open)
        return {"state": state, "waiting_on": waiting_on, **_ends(locked, state, reason, moment)}

    def clocks(locked: Ticket) -> None:
        if waiting_on in STOPPING or not locked.is_open:
            pause(locked, moment)
        else:
            go_on(locked, locked.group, moment)

    with transaction.atomic():
        found = change(principal, ticket, facts, what="state", version=version, also=clocks)
        _announce_end(principal, found, was_open=was_open[0])
    return found


def _ends(locked: Ticket, state: str, reason: str, moment: datetime) -> dict[str, Any]:
    """What a state says about the end of a request."""
    if state in ("solved", "closed"):
        return {
            "solved_at": locked.solved_at or moment,
            "closed_at": (locked.closed_at or moment) if state == "closed" else None,
            "close_reason": clean_line(reason, max_length=200) or locked.close_reason,
        }
    if not locked.is_open:
        return {"solved_at": None, "closed_at": None, "close_reason": "", "reopened": locked.reopened + 1}
    return {}


def _announce_end(principal: Principal, ticket: Ticket, *, was_open: bool) -> None:
    if was_open and not ticket.is_open:
        announce(principal, TicketSolved(ticket=ticket.id, party=ticket.party_id))
        tell_of(principal, ticket, "ticket.solved")
    elif not was_open and ticket.is_open:
        announce(principal, TicketReopened(ticket=ticket.id, party=ticket.party_id))
        tell_of(principal, ticket, "ticket.reopened")


def add_ticket_note(principal: Principal, ticket: Ticket, text: str, *, public: bool = False) -> TicketNote:
    """A note among colleagues; a `public` one is read by the customer too. Raises `Forbidden`, `InvalidFields`."""
    if not TICKET_EDITED.allows(principal, ticket):
        raise Forbidden
    text = clean_text(text, max_length=LIMIT)
    if not text.strip():
        raise InvalidFields({"text": _("Write the note.")})
    with transaction.atomic():
        note = TicketNote.objects.create(
            ticket=ticket,
            at=clock.now(),
            author_id=principal.user_id,
            author_name=principal.name,
            text=text,
            public=public,
        )
        keep_words(ticket)
        record(principal, "ticket.note", kind="ticket", object_id=ticket.id, changes={})
        page_of_ticket_changed(principal, ticket)
    return note
