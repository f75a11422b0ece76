"""What a complaint came from, and what is done when the same comes too often."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.folding import clean_text
from filo.operational.activities.services import add_task
from filo.operational.service.models import SEVERITIES, Complaint, ComplaintCause, Ticket
from filo.operational.service.policies import TICKET_EDITED
from filo.operational.service.services.changing import page_of_ticket_changed

WITHIN = timedelta(days=30)
WATCHER = system("complaints")


def describe_complaint(
    principal: Principal,
    ticket: Ticket,
    *,
    cause: ComplaintCause | None,
    severity: int = 1,
    cost: Decimal | None = None,
    remedy: str = "",
) -> Complaint:
    """Say what a complaint came from, how grave it is, what it cost and what was done. Raises `Forbidden`,
    `InvalidFields` (it is no complaint, an unknown severity, a cost below nothing).
    """
    if not TICKET_EDITED.allows(principal, ticket):
        raise Forbidden
    problems = {}
    if ticket.type != "complaint":
        problems["type"] = _("This request is no complaint.")
    if severity not in dict(SEVERITIES):
        problems["severity"] = _("Choose how grave it is.")
    if cost is not None and not 0 <= cost < Decimal(10) ** 10:
        problems["cost"] = _("Write what it cost, without a sign.")
    if problems:
        raise InvalidFields(problems)
    facts: dict[str, Any] = {"cause_id": cause.id if cause else None, "severity": severity, "cost": cost}
    facts["remedy"] = clean_text(remedy, max_length=20_000)
    with transaction.atomic():
        found = Complaint.objects.select_for_update().filter(ticket=ticket).first() or Complaint(ticket=ticket)
        changes = {
            name: (getattr(found, name), value) for name, value in facts.items() if getattr(found, name) != value
        }
        for name, value in facts.items():
            setattr(found, name, value)
        found.save()
        if changes:
            record(principal, "ticket.describe-complaint", kind="ticket", object_id=ticket.id, changes=changes)
            page_of_ticket_changed(principal, ticket)
        if cause is not None and "cause_id" in changes:
            _ask_for_a_remedy(cause)
    return found


def _ask_for_a_remedy(cause: ComplaintCause) -> None:
    """At every full threshold within thirty days, who keeps the cause gets a task to do something about it."""
    if not cause.threshold or cause.keeper_id is None:
        return
    number = Complaint.objects.filter(cause=cause, ticket__opened_at__gte=clock.now() - WITHIN).count()
    if number and number % cause.threshold == 0:
        words = {"name": cause.name, "number": number}
        title = _("Complaints about %(name)s: %(number)s in thirty days. Find out why and put it right.") % words
        add_task(WATCHER, title=title[:200], assignee_id=cause.keeper_id, due_on=clock.today() + timedelta(days=7))
