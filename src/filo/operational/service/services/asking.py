"""What a customer does on the page of his request: says more, wants to speak to a person."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.push.services import publish
from filo.operational.service.events import CustomerWroteOnPage, PersonWanted
from filo.operational.service.findable import keep_words
from filo.operational.service.models import Ticket, TicketNote
from filo.operational.service.services.changing import keep, locked_ticket
from filo.operational.service.services.hearing import note_customer_wrote
from filo.operational.service.services.promises import promise_answer

LIMIT, MOST_A_DAY = 20_000, 20


def say_on_page(principal: Principal, ticket: Ticket, text: str) -> TicketNote:
    """Keep what the customer adds to his request. Raises `InvalidFields`, `DomainError` when it is over long since."""
    text = clean_text(text, max_length=LIMIT)
    if not text.strip():
        raise InvalidFields({"text": _("Write what you want to tell us.")})
    with transaction.atomic():
        _hear(principal, ticket)
        note = TicketNote.objects.create(
            ticket=ticket, at=clock.now(), author_name=principal.name, text=text, by_customer=True
        )
        keep_words(ticket)
        announce(principal, CustomerWroteOnPage(ticket=ticket.id, party=ticket.party_id, note=note.id))
        publish(f"ticket:{ticket.id}", "changed")
    return note


def want_person(principal: Principal, ticket: Ticket, *, way: str, telephone: str = "") -> Ticket:
    """The customer wants a person: to be called (`telephone`), or to be written to. Asked twice it is one wish.

    Raises `InvalidFields` for a call without a number, `DomainError` when the request is over long since.
    """
    telephone = clean_line(telephone, max_length=40)
    if way == "call" and sum(letter.isdigit() for letter in telephone) < 6:
        raise InvalidFields({"telephone": _("Write the number at which we can call you.")})
    with transaction.atomic():
        _hear(principal, ticket)
        locked = locked_ticket(ticket)
        if locked.person_wanted_at is None or locked.responded_at is not None:
            locked.person_wanted_at, locked.priority = clock.now(), max_priority(locked.priority)
            locked.person_waited = None
            promise_answer(locked, locked.group, clock.now())
        keep(locked)
        words = _("The customer wants to be called: %(number)s") % {"number": telephone}
        text = words if way == "call" else _("The customer wants a person to answer.")
        TicketNote.objects.create(
            ticket=locked, at=clock.now(), author_name=principal.name, text=text, by_customer=True
        )
        record(principal, "ticket.want-person", kind="ticket", object_id=locked.id, changes={"way": (None, way)})
        announce(principal, PersonWanted(ticket=locked.id, party=locked.party_id, way=way))
        publish(f"ticket:{locked.id}", "changed")
    return locked


def _hear(principal: Principal, ticket: Ticket) -> None:
    """The customer is there again, which opens a solved request; a flood of words is stopped."""
    today = clock.now() - timedelta(hours=24)
    if ticket.notes.filter(by_customer=True, at__gte=today).count() >= MOST_A_DAY:
        raise DomainError(_("That is a lot for one day. Please call us."), code="too-many-messages")
    if not note_customer_wrote(principal, ticket, at=clock.now()):
        raise DomainError(_("This request was ended long ago. Please write to us anew."), code="ticket-over")


def max_priority(priority: str) -> str:
    """At least high."""
    return priority if priority == "urgent" else "high"
