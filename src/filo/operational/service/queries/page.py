"""What the page of a request shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet, UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.prepared import asked
from filo.operational.parties.models import Party
from filo.operational.service.filters import OPEN
from filo.operational.service.models import CloseReason, Complaint, Macro, Survey, Ticket, TicketNote
from filo.operational.service.policies import TICKET_EDITED
from filo.operational.service.queries.clocks import Clock, clocks_of
from filo.operational.service.queries.finding import family_of

MOST_NOTES, MOST_OTHERS = 200, 8


@dataclass(frozen=True)
class TicketPage:
    """A request with all that stands beside it; `party` is None where the customer may not be seen."""

    ticket: Ticket
    party: Party | None
    clocks: list[Clock]
    notes: list[TicketNote]
    may_edit: bool
    merged: list[Ticket] = field(default_factory=list)
    others: list[Ticket] = field(default_factory=list)
    complaint: Complaint | None = None
    survey: Survey | None = None


def page_of_ticket(principal: Principal, ticket: Ticket) -> TicketPage:
    """Everything that the page shows, as far as this principal may see it."""
    family = family_of(ticket)
    party = None
    if ticket.party_id and principal.may("party", "view"):
        party = Party.objects.visible_to(principal).filter(pk=ticket.party_id).first()
    seen = Ticket.objects.visible_to(principal)
    others = []
    if party is not None:
        rows = seen.filter(party=party, merged_into=None).exclude(pk=ticket.pk)
        others = list(rows.order_by("-opened_at")[:MOST_OTHERS])
    return TicketPage(
        ticket=ticket,
        party=party,
        clocks=clocks_of(ticket),
        notes=list(TicketNote.objects.filter(ticket__in=family).select_related("ticket")[:MOST_NOTES]),
        may_edit=principal.may("ticket", "edit") and TICKET_EDITED.allows(principal, ticket),
        merged=list(seen.filter(pk__in=family[1:])),
        others=others,
        complaint=_complaint_of(ticket),
        survey=Survey.objects.filter(ticket=ticket).first() if not ticket.is_open or ticket.reopened else None,
    )


def _complaint_of(ticket: Ticket) -> Complaint | None:
    if ticket.type != "complaint":
        return None
    return Complaint.objects.select_related("cause").filter(ticket=ticket).first()


def macros_for(ticket: Ticket) -> list[Macro]:
    """The macros that fit a request's group."""
    return list(Macro.objects.filter(Q(group=None) | Q(group=ticket.group_id), active=True)[:30])


def reasons_to_close() -> list[CloseReason]:
    """The firm's reasons."""
    return list(CloseReason.objects.filter(active=True)[:40])


def open_tickets_of(principal: Principal, party: Party) -> list[Ticket]:
    """The open requests of a customer that this principal may see, what is owed first on top; at most ten."""
    return _OPEN_OF.rows(principal, party=party.id)


def _open_of(principal: Principal) -> QuerySet[Ticket]:
    rows = Ticket.objects.visible_to(principal).filter(party=asked("party", UUIDField()), state__in=OPEN)
    return rows.select_related("assignee").order_by(F("owed_by").asc(nulls_last=True), "id")[:10]


_OPEN_OF = PreparedFor(_open_of)


def my_requests(principal: Principal) -> QuerySet[Ticket] | None:
    """One's own requests that wait for nobody else; None for who is nobody."""
    if principal.user_id is None:
        return None
    return Ticket.objects.visible_to(principal).filter(assignee=principal.user_id, state__in=("new", "open"))
