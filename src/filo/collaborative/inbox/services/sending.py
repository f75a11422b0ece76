"""An answer leaves: at once, later, or a few seconds on, so that it can still be called back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from filo.collaborative.inbox.events import MessageSent
from filo.collaborative.inbox.findable import forget_words, keep_words
from filo.collaborative.inbox.letters import headers_of, letter_of, subject_of
from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.services.drafts import drop_draft, keep_draft
from filo.collaborative.inbox.services.telling import conversation_changed, tell_story
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.files.models import StoredFile
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.services import queue_mail
from filo.operational.parties.services.timeline import note_contact
from filo.operational.service.services import note_answer

LIMIT = 200_000
# As long as it takes to see that something is missing.
CALLED_BACK_WITHIN = timedelta(seconds=10)
SEND_JOB = "inbox.send_message"


@dataclass(frozen=True)
class Answer:
    """What is to be said. `then` is how the talk stands afterwards; `files` are (id of a StoredFile, name).

    headers: further ones of the mail, for what leaves with the commit.
    """

    text: str
    subject: str = ""
    cc: Sequence[str] = ()
    files: Sequence[tuple[UUID, str]] = ()
    then: str = "waiting"
    quoted: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)


class AlreadyLeft(DomainError):
    """It cannot be called back any more."""

    code = "already-left"

    def __init__(self) -> None:
        super().__init__(_("This message has left already."))


class AnsweredMeanwhile(DomainError):
    """A colleague was quicker."""

    code = "answered-meanwhile"

    def __init__(self, name: str) -> None:
        sentence = _("%(name)s answered while you were writing. Read it, then send yours if it is still needed.")
        super().__init__(sentence % {"name": name})


def send_message(
    principal: Principal,
    conversation: Conversation,
    answer: Answer,
    *,
    leaves_at: datetime | None = None,
    automatic: bool = False,
    seen: UUID | None = None,
) -> Message:
    """Answer a customer by mail, from the mailbox he wrote to.

    A person's answer leaves in ten seconds, or at `leaves_at`, and can be called back until then; an automatic one
    leaves with the commit. Raises `Forbidden`, `InvalidFields` (nothing to say, nobody to say it to), and
    `AnsweredMeanwhile` when a colleague has answered after the message that was `seen` last.
    """
    _require_edit(principal, conversation)
    text, moment = _text_of(answer, conversation), clock.now()
    with transaction.atomic():
        if seen is not None:
            _refuse_second_answer(principal, conversation, seen)
        message = Message.objects.create(
            conversation=conversation,
            kind="automatic" if automatic else "message",
            direction="out",
            channel="mail",
            at=moment,
            author_id=principal.user_id,
            author_name=principal.name,
            from_address=conversation.mailbox.address if conversation.mailbox else "",
            to=[conversation.contact_address],
            cc=list(answer.cc),
            subject=clean_line(answer.subject, max_length=500) or subject_of(conversation),
            text=text,
            reply_text=text,
            delivery="later",
            leaves_at=moment if automatic else max(leaves_at or moment + CALLED_BACK_WITHIN, moment),
            created_at=moment,
        )
        _attach(message, answer.files)
        _settle(conversation, answer.then)
        drop_draft(principal, conversation, "answer")
        if automatic:
            leave(message.id, quoted=answer.quoted, headers=answer.headers)
            message.refresh_from_db()
        else:
            enqueue(SEND_JOB, principal=principal, run_at=message.leaves_at, message=str(message.id))
        conversation_changed(principal, conversation)
    return message


def _text_of(answer: Answer, conversation: Conversation) -> str:
    text = clean_text(answer.text, max_length=LIMIT)
    if not text.strip():
        raise InvalidFields({"text": _("Write what is to be answered.")})
    if not conversation.contact_address:
        raise InvalidFields({"text": _("There is no address to answer to.")})
    return text


def _attach(message: Message, files: Sequence[tuple[UUID, str]]) -> None:
    MessageFile.objects.bulk_create(
        MessageFile(message=message, file_id=file_id, name=name, position=place)
        for place, (file_id, name) in enumerate(files)
    )
    keep_words(message, [name for _file, name in files])


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


def call_back(principal: Principal, message: Message) -> str:
    """Take a message back before it leaves; gives its text, a draft again. Raises `AlreadyLeft`, `Forbidden`."""
    _require_edit(principal, message.conversation)
    with transaction.atomic():
        locked = Message.objects.select_for_update().filter(pk=message.pk, delivery="later").first()
        if locked is None:
            raise AlreadyLeft
        text, files = locked.text, [(row.file_id, row.name) for row in locked.files.all()]
        record(principal, "message.call-back", kind="conversation", object_id=message.conversation_id, changes={})
        forget_words([locked.pk])
        locked.delete()
        keep_draft(principal, message.conversation, "answer", text, cc=", ".join(locked.cc), files=files)
        Conversation.objects.filter(pk=message.conversation_id).update(state="open", version=F("version") + 1)
        conversation_changed(principal, message.conversation)
    return text


def _require_edit(principal: Principal, conversation: Conversation) -> None:
    if not CONVERSATION_EDITED.allows(principal, conversation):
        raise Forbidden


def _refuse_second_answer(principal: Principal, conversation: Conversation, seen: UUID) -> None:
    """Two who answer at once wait for each other, and the second is told of the first."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    others = conversation.messages.filter(pk__gt=seen, direction="out", kind="message")
    other = others.exclude(author=principal.user_id).order_by("pk").last()
    if other is not None:
        raise AnsweredMeanwhile(other.author_name)


def _settle(conversation: Conversation, then: str) -> None:
    state = then if then in ("open", "waiting", "done") else "waiting"
    changed: dict[str, Any] = {"state": state, "snoozed_until": None, "version": F("version") + 1}
    Conversation.objects.filter(pk=conversation.pk).update(**changed)


def _tell(conversation: Conversation, message: Message) -> None:
    """The story, the request's clock and whoever listens hear of it when it leaves, not before."""
    author = _author(message)
    Conversation.objects.filter(pk=conversation.pk).update(
        last_at=message.at,
        last_direction="out",
        waiting_since=conversation.waiting_since if message.kind == "automatic" else None,
        wants_person=conversation.wants_person and message.kind == "automatic",
        snippet=clean_line(message.text, max_length=300),
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


def attached(files: Sequence[StoredFile]) -> list[tuple[UUID, str]]:
    """Files as an answer names them."""
    return [(file.id, file.name) for file in files]
