"""What a customer wrote comes in: whose it is, which conversation it goes on with, who has to hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from filo.collaborative.inbox.events import MessageReceived
from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.collaborative.inbox.queries.senders import Known, Sender
from filo.collaborative.inbox.queries.threads import Thread, Written, bare_subject, thread_of
from filo.collaborative.inbox.services.linking import party_of
from filo.collaborative.inbox.services.telling import conversation_changed, tell_story
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import note_contact
from filo.operational.service.models import ServiceGroup
from filo.operational.service.services import note_customer_wrote, open_ticket

SHOWN = 300
# Whoever writes more new matters than this in so short a time has them all in one (mail bombs; safety 15 and 16).
MOST_NEW, WITHIN = 5, timedelta(minutes=10)
STRANGER = gettext_noop("It names a conversation of somebody else: who writes is not one of those who took part.")


@dataclass(frozen=True)
class File:
    """A file that came with a message; the id of its StoredFile."""

    file_id: UUID
    name: str
    content_id: str = ""


@dataclass(frozen=True)
class Arrived:
    """What came in, the same for every channel. `at` is when we got it; `kind` message or automatic."""

    channel: str
    sender: Sender
    subject: str
    text: str
    reply_text: str
    at: datetime
    kind: str = "message"
    language: str = "it"
    html: str = ""
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    files: Sequence[File] = ()
    mailbox: Mailbox | None = None
    group: ServiceGroup | None = None
    incoming_id: UUID | None = None
    caution: str = ""
    proved: bool = False  # somebody vouches for the address being the sender's
    old: bool = False  # it lay in the mailbox before we looked at it for the first time: nobody waits for an answer
    party: Party | None = None  # where it is known who writes, as on a page that he signed in to
    tags: Sequence[str] = field(default_factory=tuple)


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
        _locked(thread.conversation) if thread.conversation else _begin(principal, arrived, thread, private=private)
    )
    message = _keep(conversation, arrived)
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


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",))
    return rows.select_related("party", "ticket", "company").get(pk=conversation.pk)


def _begin(principal: Principal, arrived: Arrived, thread: Thread, *, private: bool) -> Conversation:
    if arrived.kind == "message" and not arrived.old and (flooded := _flooded(arrived)):
        return _locked(flooded)
    company = arrived.mailbox.company if arrived.mailbox else None
    known = _whose(principal, arrived)
    before = known.party is not None and not known.is_new
    tie = tie_with(known.party, company.id if company else None) if known.party else None
    group = arrived.group or (arrived.mailbox.group if arrived.mailbox else None)
    owner = arrived.mailbox.owner_id if private and arrived.mailbox else tie.owner_id if tie else None
    return Conversation.objects.create(
        subject=clean_line(bare_subject(arrived.subject), max_length=300),
        channel=arrived.channel,
        mailbox=arrived.mailbox,
        party=known.party,
        contact_name=clean_line(arrived.sender.name, max_length=200),
        contact_address=arrived.sender.address,
        group=group,
        assignee_id=owner if private else None,
        owner_id=owner,
        unit_id=tie.unit_id if tie and tie.unit_id else group.unit_id if group else None,
        company_id=company.id if company else tie.company_id if tie else None,
        language=arrived.language,
        state="open" if arrived.kind == "message" and not arrived.old else "done",
        private=private,
        needs_sorting=known.party is None and arrived.kind == "message",
        caution=arrived.caution or (STRANGER if thread.named else ""),
        proved=(arrived.proved or before or arrived.party is not None) and not arrived.caution,
        refers_to=thread.named,
        started_at=arrived.at,
        last_at=arrived.at,
        tags=list(arrived.tags),
    )


def _whose(principal: Principal, arrived: Arrived) -> Known:
    if arrived.party is not None:
        return Known(arrived.party)
    if arrived.kind != "message" or not arrived.sender.address:
        return Known(None)  # nobody becomes a customer by a newsletter
    company = arrived.mailbox.company if arrived.mailbox else None
    return party_of(principal, arrived.sender, language=arrived.language, company=company, source=arrived.channel)


def _flooded(arrived: Arrived) -> Conversation | None:
    rows = Conversation.objects.filter(
        contact_address=arrived.sender.address, started_at__gt=arrived.at - WITHIN, merged_into=None
    )
    found = list(rows.order_by("-started_at")[:MOST_NEW]) if arrived.sender.address else []
    return found[0] if len(found) == MOST_NEW else None


def _keep(conversation: Conversation, arrived: Arrived) -> Message:
    message = Message.objects.create(
        conversation=conversation,
        kind=arrived.kind,
        direction="in",
        channel=arrived.channel,
        at=arrived.at,
        author_name=clean_line(arrived.sender.name, max_length=200),
        from_address=arrived.sender.address,
        to=list(arrived.to),
        cc=list(arrived.cc),
        subject=clean_line(arrived.subject, max_length=500),
        text=arrived.text,
        reply_text=arrived.reply_text,
        html=arrived.html,
        message_id=arrived.message_id[:998],
        in_reply_to=arrived.in_reply_to[:998],
        references=list(arrived.references)[-50:],
        incoming_id=arrived.incoming_id,
        created_at=clock.now(),
    )
    MessageFile.objects.bulk_create(
        MessageFile(message=message, file_id=one.file_id, name=one.name, content_id=one.content_id, position=place)
        for place, one in enumerate(arrived.files)
    )
    keep_words(message, [one.name for one in arrived.files])
    return message


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
        channel=arrived.channel,
        description=arrived.reply_text,
        language=conversation.language,
        contact_address=conversation.contact_address,
    )


def _move_on(conversation: Conversation, message: Message, arrived: Arrived) -> None:
    conversation.last_at, conversation.last_direction = max(conversation.last_at, arrived.at), "in"
    conversation.snippet = clean_line(arrived.reply_text or arrived.text, max_length=SHOWN)
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
