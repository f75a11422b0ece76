"""What a customer wrote comes in: whose it is, which conversation it goes on with, who has to hear of it."""

from __future__ import annotations

from django.db import transaction

from filo.collaborative.inbox.events import MessageReceived
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.threads import Thread, Written, thread_of
from filo.collaborative.inbox.services.arrivals import Arrived
from filo.collaborative.inbox.services.beginnings import begin, locked_talk
from filo.collaborative.inbox.services.storing import keep_message
from filo.collaborative.inbox.services.telling import conversation_changed, tell_story
from filo.collaborative.inbox.shown_text import without_keys
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.services.timeline import note_contact
from filo.operational.service.services import note_customer_wrote, open_ticket

__all__ = ["Arrived", "take_in"]

SHOWN = 300


def take_in(principal: Principal, arrived: Arrived) -> Message:
    """Keep what came in; the same Message-ID of the same sender is kept once.

    A new matter of a person gets a request with its number. What an answering machine or a list writes joins the
    talk it answers, or stands aside as done: nobody has to answer it.
    """
    with transaction.atomic():
        return _take_in(principal, arrived)


def _take_in(principal: Principal, arrived: Arrived) -> Message:
    private = bool(arrived.mailbox and arrived.mailbox.is_personal)
    thread = thread_of(_written(arrived), private=private)
    before = _kept_already(thread, arrived)
    if before is not None:
        return before
    first = thread.conversation is None
    conversation = (
        locked_talk(thread.conversation) if thread.conversation else begin(principal, arrived, thread, private=private)
    )
    message = keep_message(conversation, arrived)
    if arrived.kind == "message" and not arrived.old:
        _customer_wrote(principal, conversation, arrived, first=first)
    _move_on(conversation, message, arrived)
    if conversation.party:
        _tell(principal, conversation, message)
    record(principal, "message.receive", kind="conversation", object_id=conversation.id, changes={})
    announce(
        principal,
        MessageReceived(
            conversation=conversation.id,
            message=message.id,
            party=conversation.party_id,
            ticket=conversation.ticket_id,
            channel=arrived.channel,
            first=first and not arrived.old,
        ),
    )
    conversation_changed(principal, conversation)
    return message


def _written(arrived: Arrived) -> Written:
    return Written(
        arrived.sender.address,
        arrived.subject,
        arrived.reply_text,
        arrived.in_reply_to,
        arrived.references,
        arrived.at,
    )


def _kept_already(thread: Thread, arrived: Arrived) -> Message | None:
    if not arrived.message_id:
        return None
    rows = Message.objects.filter(message_id=arrived.message_id, direction="in", from_address=arrived.sender.address)
    if arrived.mailbox:
        rows = rows.filter(conversation__mailbox=arrived.mailbox)
    return rows.filter(text=arrived.text).first()


def _customer_wrote(principal: Principal, conversation: Conversation, arrived: Arrived, *, first: bool) -> None:
    """A request for a new matter; an old one hears that the customer wrote again, or a new one begins."""
    if conversation.private:
        return
    if conversation.ticket and note_customer_wrote(principal, conversation.ticket, at=arrived.at):
        return
    if conversation.ticket is None and not first and conversation.group_id is None:
        return
    conversation.ticket = open_ticket(
        principal,
        subject=conversation.subject or arrived.reply_text[:120],
        party=conversation.party,
        group=conversation.group,
        company=conversation.company,
        channel=arrived.channel,
        description=arrived.reply_text,
        language=conversation.language,
        contact_address=conversation.contact_address,
    )


def _move_on(conversation: Conversation, message: Message, arrived: Arrived) -> None:
    conversation.last_at, conversation.last_direction = max(conversation.last_at, arrived.at), "in"
    conversation.snippet = clean_line(without_keys(arrived.reply_text or arrived.text), max_length=SHOWN)
    # Nobody else counts meanwhile: the row is new, or locked.
    conversation.messages_count += 1
    conversation.version += 1
    changed = ["ticket", "last_at", "last_direction", "snippet", "messages_count", "version"]
    if arrived.kind == "message" and not arrived.old:
        conversation.state, conversation.snoozed_until = "open", None
        conversation.waiting_since = conversation.waiting_since or arrived.at
        changed += ["state", "snoozed_until", "waiting_since"]
    conversation.save(update_fields=changed)


def _tell(principal: Principal, conversation: Conversation, message: Message) -> list[TimelineEntry]:
    entries = tell_story(principal, conversation, message)
    if message.kind == "message":
        note_contact(entries)
    return entries
