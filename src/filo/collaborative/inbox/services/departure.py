"""A message leaves: it is handed to the post, and whoever listens hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F

from filo.collaborative.inbox.events import MessageSent
from filo.collaborative.inbox.letters import headers_of, letter_of
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.telling import conversation_changed, tell_story
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.mail.services import queue_mail
from filo.operational.parties.services.timeline import note_contact
from filo.operational.service.services import note_answer


def leave(message_id: UUID, *, quoted: bool = True, headers: Mapping[str, str] | None = None) -> None:
    """Hand a message over to the post, once; one that was called back, or has left, stays as it is."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id, delivery="later").first()
        if message is None:
            return
        conversation = Conversation.objects.select_related("party", "ticket", "mailbox", "group").get(
            pk=message.conversation_id
        )
        mail = queue_mail(
            to=message.to[0],
            subject=message.subject,
            text=letter_of(conversation, message, quoted=quoted),
            attachments=[row.file_id for row in message.files.all()],
            key=f"message:{message.id}",
            headers=headers,
            **headers_of(conversation, message),
        )
        message.outgoing, message.message_id, message.delivery = mail, mail.message_id.strip("<>"), "left"
        message.at, message.leaves_at = clock.now(), None
        message.save(update_fields=["outgoing", "message_id", "delivery", "at", "leaves_at"])
        _tell(conversation, message)


def _tell(conversation: Conversation, message: Message) -> None:
    """The story, the request's clock and whoever listens hear of it when it leaves, not before."""
    author = _author(message)
    Conversation.objects.filter(pk=conversation.pk).update(
        last_at=message.at,
        last_direction="out",
        waiting_since=conversation.waiting_since if message.kind == "automatic" else None,
        wants_person=conversation.wants_person and message.kind == "automatic",
        snippet=clean_line(message.told_whole, max_length=300),
        messages_count=F("messages_count") + 1,
        version=F("version") + 1,
    )
    if conversation.party:
        entries = tell_story(author, conversation, message)
        if message.kind == "message":
            note_contact(entries)
    if conversation.ticket:
        note_answer(author, conversation.ticket, at=message.at, automatic=message.kind == "automatic")
    record(author, "message.send", kind="conversation", object_id=conversation.id, changes={})
    announce(
        author,
        MessageSent(
            conversation=conversation.id,
            message=message.id,
            party=conversation.party_id,
            ticket=conversation.ticket_id,
            channel=message.channel,
            automatic=message.kind == "automatic",
        ),
    )
    conversation_changed(author, conversation)


def _author(message: Message) -> Principal:
    """Whoever wrote it, as far as the story and the audit name him; the right was asked for when it was written."""
    return Principal(kind="system", name=message.author_name, user_id=message.author_id, door="job")
