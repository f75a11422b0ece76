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

from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.letters import subject_of
from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.services.drafts import drop_draft
from filo.collaborative.inbox.services.meanwhile import refuse_second_answer
from filo.collaborative.inbox.services.telling import conversation_changed
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.files.models import StoredFile
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.jobs.services import enqueue

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
    require_right(principal, conversation)
    text, moment = _text_of(answer, conversation), clock.now()
    with transaction.atomic():
        if seen is not None:
            refuse_second_answer(principal, conversation, seen)
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


def require_right(principal: Principal, conversation: Conversation) -> None:
    """Raises `Forbidden` for who may not answer here."""
    if not CONVERSATION_EDITED.allows(principal, conversation):
        raise Forbidden


def _settle(conversation: Conversation, then: str) -> None:
    state = then if then in ("open", "waiting", "done") else "waiting"
    changed: dict[str, Any] = {"state": state, "snoozed_until": None, "version": F("version") + 1}
    Conversation.objects.filter(pk=conversation.pk).update(**changed)


def attached(files: Sequence[StoredFile]) -> list[tuple[UUID, str]]:
    """Files as an answer names them."""
    return [(file.id, file.name) for file in files]
