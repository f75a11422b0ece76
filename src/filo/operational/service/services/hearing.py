"""What is said about a request moves its clocks: an answer of ours, a word of the customer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.hours.services import working_time
from filo.operational.service.events import TicketChanged, TicketReopened
from filo.operational.service.models import Ticket
from filo.operational.service.queries.clocks import calendar_of
from filo.operational.service.queries.finding import kept_ticket
from filo.operational.service.services.changing import keep, locked_ticket, page_of_ticket_changed, tell_of
from filo.operational.service.services.promises import go_on, pause

# Who writes about a solved request later than this has a new one.
OPENED_AGAIN_WITHIN = timedelta(days=30)


def note_answer(principal: Principal, ticket: Ticket, *, at: datetime, automatic: bool) -> None:
    """We answered. A person's first answer stops the clock of answering; now the customer is waited for.

    Whoever answers a request that nobody has takes it.
    """
    with transaction.atomic():
        locked = locked_ticket(ticket)
        if automatic:
            locked.answered_automatically_at = locked.answered_automatically_at or at
            keep(locked)
        else:
            before = _shown(locked)
            locked.responded_at = locked.responded_at or at
            _reach_person(locked, at)
            locked.assignee_id = locked.assignee_id or principal.user_id
            if locked.is_open:
                locked.state, locked.waiting_on = "waiting", "customer"
                pause(locked, at)
            _keep_changed(principal, locked, before, what="answer")
        page_of_ticket_changed(principal, locked)


def note_customer_wrote(principal: Principal, ticket: Ticket, *, at: datetime) -> bool:
    """The customer wrote again: the clocks go on, a solved request is open again; of a merged one, the other is meant.

    False when it was solved or closed too long ago, so that what he writes is a new one.
    """
    with transaction.atomic():
        locked = locked_ticket(kept_ticket(ticket))
        ended = locked.closed_at or locked.solved_at
        if ended and at - ended > OPENED_AGAIN_WITHIN:
            return False
        before, again = _shown(locked), not locked.is_open
        if again:
            locked.solved_at = locked.closed_at = None
            locked.close_reason, locked.reopened = "", locked.reopened + 1
        if locked.state != "new":
            locked.state, locked.waiting_on = "open", ""
        go_on(locked, locked.group, at)
        _keep_changed(principal, locked, before, what="reopen" if again else "customer-wrote")
        if again:
            announce(principal, TicketReopened(ticket=locked.id, party=locked.party_id))
            tell_of(principal, locked, "ticket.reopened")
        page_of_ticket_changed(principal, locked)
    return True


def _reach_person(locked: Ticket, at: datetime) -> None:
    if locked.person_wanted_at is not None and locked.person_waited is None:
        waited = working_time(calendar_of(locked.group), locked.person_wanted_at, max(at, locked.person_wanted_at))
        locked.person_waited = int(waited.total_seconds() // 60)


def _shown(ticket: Ticket) -> dict[str, Any]:
    names = ("state", "waiting_on", "assignee_id", "responded_at", "solved_at", "closed_at", "close_reason", "reopened")
    return {name: getattr(ticket, name) for name in names}


def _keep_changed(principal: Principal, locked: Ticket, before: dict[str, Any], *, what: str) -> None:
    changes = {name: (was, now) for name, was in before.items() if (now := getattr(locked, name)) != was}
    keep(locked)
    if changes:
        record(principal, f"ticket.{what}", kind="ticket", object_id=locked.id, changes=changes)
        announce(principal, TicketChanged(ticket=locked.id, party=locked.party_id, fields=sorted(changes)))
