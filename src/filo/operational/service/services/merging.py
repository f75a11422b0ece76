"""Two requests that are one: the second is closed and leads to the first, until they are parted again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.operational.service.events import TicketMerged, TicketsParted
from filo.operational.service.models import Ticket
from filo.operational.service.policies import TICKET_EDITED
from filo.operational.service.queries.finding import family_of
from filo.operational.service.services.changing import change, page_of_ticket_changed
from filo.operational.service.services.promises import go_on, pause


def merge_tickets(principal: Principal, ticket: Ticket, *, into: Ticket) -> Ticket:
    """Make a request a part of another. Nothing is moved: what belongs to it is read together with the other's.

    Raises `Forbidden`, `InvalidFields` (it is the same, or already a part of something).
    """
    if not TICKET_EDITED.allows(principal, into):
        raise Forbidden
    moment = clock.now()
    with one_operation(), transaction.atomic():
        # Both rows in the order of their ids, so that two who merge crosswise wait and do not lock each other out.
        list(Ticket.objects.select_for_update().filter(pk__in=[ticket.pk, into.pk]).order_by("pk"))
        into.refresh_from_db()
        if into.merged_into_id is not None or into.pk in family_of(ticket):
            raise InvalidFields({"into": _("Choose another request, which is not itself a part of one.")})

        def facts(locked: Ticket) -> dict[str, Any]:
            if locked.merged_into_id is not None:
                raise InvalidFields({"into": _("This request is already a part of another.")})
            return {
                "merged_into_id": into.pk,
                "state": "closed",
                "waiting_on": "",
                "solved_at": locked.solved_at or moment,
                "closed_at": moment,
                "close_reason": _("Part of %(number)s") % {"number": into.number},
            }

        merged = change(principal, ticket, facts, what="merge", also=lambda locked: pause(locked, moment))
        announce(principal, TicketMerged(ticket=merged.id, party=merged.party_id, into=into.id))
        page_of_ticket_changed(principal, into)
    return merged


def part_tickets(principal: Principal, ticket: Ticket, before: dict[str, Any] | None = None) -> Ticket:
    """Let a merged request stand alone again, in the state that it had (`before`) or as one that is worked on.

    Raises `Forbidden`.
    """
    wanted: dict[str, Any] = {"state": "open", "solved_at": None, "closed_at": None, "close_reason": ""}
    wanted |= {"waiting_on": "", **(before or {}), "merged_into_id": None}
    other = ticket.merged_into
    with transaction.atomic():

        def clocks(locked: Ticket) -> None:
            if locked.is_open and not locked.waiting_on:
                go_on(locked, locked.group, clock.now())

        parted = change(principal, ticket, wanted, what="part", also=clocks)
        if other is not None:
            announce(principal, TicketsParted(ticket=parted.id, party=parted.party_id, out_of=other.id))
            page_of_ticket_changed(principal, other)
    return parted
