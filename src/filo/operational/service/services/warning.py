"""Whoever has a request is told when four fifths of the time promised have gone by, and when all of it has."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import announce
from filo.foundation.notices.services.telling import Subject, notify
from filo.foundation.push.services import publish
from filo.operational.service.events import TicketDueSoon, TicketOverdue
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import members_of
from filo.operational.service.telling import DUE_SOON, OVERDUE

WATCHER = system("service targets")
AT_ONCE = 500
# (bit in `warned`, what is due, the column with the moment, is it late?)
CLOCKS = (
    (1, "answer", "warn_respond_at", False),
    (2, "answer", "respond_by", True),
    (4, "solution", "warn_solve_at", False),
    (8, "solution", "solve_by", True),
)


def warn_of_promises() -> int:
    """Tell of what became due soon or late since the last time; gives of how many requests."""
    moment = clock.now()
    running = Ticket.objects.exclude(owed_by=None)
    answer = Q(responded_at=None) & (Q(warn_respond_at__lte=moment) | Q(respond_by__lte=moment))
    solution = Q(warn_solve_at__lte=moment) | Q(solve_by__lte=moment)
    # What was warned of altogether is not read again: 8 and 2 stand for the last warning of each clock.
    wanted = running.filter(answer & ~Q(warned__in=_having(2)) | solution & ~Q(warned__in=_having(8)))
    return sum(_warn(pk) for pk in wanted.order_by("owed_by", "id").values_list("pk", flat=True)[:AT_ONCE])


def _having(bit: int) -> list[int]:
    return [number for number in range(16) if number & bit]


def _warn(ticket_id: UUID) -> bool:
    with transaction.atomic():
        locked = Ticket.objects.select_for_update(of=("self",)).select_related("group").get(pk=ticket_id)
        due = list(_due(locked)) if locked.paused_at is None and locked.is_open else []
        if not due:
            return False
        for bit, _what, _late in due:
            locked.warned |= bit
        locked.save(update_fields=["warned"])
        # Of one clock only the last is worth telling: what is late is not also due soon.
        for what, late in {what: late for _bit, what, late in due}.items():
            _tell(locked, what, late=late)
        publish(f"ticket:{locked.id}", "changed")
    return True


def _due(ticket: Ticket) -> Iterable[tuple[int, str, bool]]:
    moment = clock.now()
    for bit, what, column, late in CLOCKS:
        due = getattr(ticket, column)
        if due is None or due > moment or ticket.warned & bit:
            continue
        if what == "answer" and ticket.responded_at is not None:
            continue
        yield bit, what, late


def _tell(ticket: Ticket, what: str, *, late: bool) -> None:
    event = TicketOverdue if late else TicketDueSoon
    announce(WATCHER, event(ticket=ticket.id, party=ticket.party_id, clock=what))
    people = [ticket.assignee_id] if ticket.assignee_id else members_of(ticket.group)
    if late and ticket.assignee_id:
        people = [ticket.assignee_id, *members_of(ticket.group)]
    notify(
        OVERDUE if late else DUE_SOON,
        people,
        subject=Subject("ticket", ticket.id),
        data={"clock": what},
        url=f"/tickets/{ticket.id}",
        key=f"{OVERDUE if late else DUE_SOON}:{ticket.id}:{what}:{ticket.reopened}",
    )
