"""What a customer says on the page of his request stands in its conversation; who wants a person stands on top."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from filo.collaborative.inbox.events import ConversationChanged
from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.inbox.services.telling import conversation_changed, tell_story
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.parties.models import Party
from filo.operational.parties.services.timeline import note_contact
from filo.operational.service.models import Ticket, TicketNote
from filo.operational.service.queries import family_of, kept_ticket

MOST, SHOWN = 50, 300


def bring_over(principal: Principal, ticket: Ticket, *, wants_person: bool = False) -> Conversation:
    """Put into the request's conversation what its customer said on its page and is not there yet, and open it.

    One begins where the request has none. `wants_person`: he waits for a person, unless one has answered since. Doing
    it twice changes nothing: what he said keeps the id that it has with the request.
    """
    with transaction.atomic():
        kept = Ticket.objects.select_for_update(of=("self",)).get(pk=kept_ticket(ticket).pk)
        conversation = _talk_about(kept) or _begin(principal, kept)
        said = _not_there_yet(kept)
        for note in said:
            _keep(principal, conversation, note)
        waits = wants_person and kept.person_wanted_at is not None and kept.person_waited is None and kept.is_open
        if said or (waits and not conversation.wants_person):
            _open(principal, conversation, kept, said, waits=waits)
    return conversation


def _talk_about(ticket: Ticket) -> Conversation | None:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("party", "ticket")
    found = rows.filter(ticket__in=family_of(ticket), merged_into=None, private=False)
    return found.order_by("-last_at", "-id").first()


def _begin(principal: Principal, ticket: Ticket) -> Conversation:
    moment, party = ticket.opened_at, ticket.party
    shared = Mailbox.objects.in_use().filter(owner=None).order_by("address")
    mailbox = (shared.filter(group=ticket.group_id).first() if ticket.group_id else None) or shared.first()
    return Conversation.objects.create(
        subject=ticket.subject,
        channel="form",
        mailbox=mailbox,
        party=party,
        contact_name=party.display_name[:200] if party else "",
        contact_address=ticket.contact_address or _first_address(party),
        ticket=ticket,
        group_id=ticket.group_id,
        assignee_id=ticket.assignee_id,
        owner_id=ticket.owner_id,
        unit_id=ticket.unit_id,
        company_id=ticket.company_id,
        language=ticket.language,
        proved=True,  # the page opens to who holds its signed link
        started_at=moment,
        last_at=moment,
    )


def _first_address(party: Party | None) -> str:
    points = addresses_of(party) if party else []
    return points[0].normalised if points else ""


def _not_there_yet(ticket: Ticket) -> list[TicketNote]:
    notes = TicketNote.objects.filter(ticket__in=family_of(ticket), by_customer=True).order_by("-at", "-id")[:MOST]
    known = set(Message.objects.filter(pk__in=[note.pk for note in notes]).values_list("pk", flat=True))
    return [note for note in reversed(notes) if note.pk not in known]


def _keep(principal: Principal, conversation: Conversation, note: TicketNote) -> None:
    message = Message.objects.create(
        pk=note.pk,
        conversation=conversation,
        direction="in",
        channel="page",
        at=note.at,
        author_name=conversation.contact_name or note.author_name,
        from_address=conversation.contact_address,
        text=note.text,
        reply_text=note.text,
        created_at=clock.now(),
    )
    keep_words(message)
    if conversation.party:
        note_contact(tell_story(principal, conversation, message))


def _open(
    principal: Principal, conversation: Conversation, ticket: Ticket, said: Sequence[TicketNote], *, waits: bool
) -> None:
    last = said[-1] if said else None
    answered = last is not None and ticket.responded_at is not None and ticket.responded_at >= last.at
    if last is not None:
        conversation.last_at, conversation.last_direction = max(conversation.last_at, last.at), "in"
        conversation.snippet = clean_line(last.text, max_length=SHOWN)
        conversation.waiting_since = None if answered else conversation.waiting_since or said[0].at
    conversation.messages_count += len(said)
    conversation.state, conversation.snoozed_until = _state(ticket, answered=answered and not waits), None
    conversation.wants_person = conversation.wants_person or waits
    conversation.version += 1
    conversation.save()
    record(principal, "message.receive", kind="conversation", object_id=conversation.id, changes={})
    announce(principal, ConversationChanged(conversation=conversation.id, fields=["messages"]))
    conversation_changed(principal, conversation)


def _state(ticket: Ticket, *, answered: bool) -> str:
    """A request that was answered, or ended, before we heard of it is not brought before people again."""
    if not ticket.is_open:
        return "done"
    return "waiting" if answered else "open"
