"""What is said in a live talk: kept before it is acknowledged, once however often it is sent, and quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from filo.collaborative.inbox.findable import forget_words, keep_words
from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.shown_text import without_address, without_keys
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.push.services import publish

LIMIT, SHOWN = 10_000, 300


@dataclass(frozen=True)
class Said:
    """One message of a live talk. id: given by whoever sends it, so that sending it again keeps it once.

    direction: "in" what the customer says. files: (id of a StoredFile, name).
    """

    id: UUID
    text: str
    direction: str
    name: str
    author_id: UUID | None = None
    files: Sequence[tuple[UUID, str]] = field(default_factory=tuple)
    kind: str = "message"


def say_live(conversation_id: UUID, said: Said) -> tuple[Message, bool]:
    """Keep it; gives the message, and whether it is new. Who may say it is for the caller to ask.

    The card's story, search and the audit hear of the whole talk when it pauses (`tell_live`), not of each line.
    Raises `InvalidFields` for nothing said, `NotFound` where the id is another talk's.
    """
    text = clean_text(said.text, max_length=LIMIT)
    if not text.strip() and not said.files:
        raise InvalidFields({"text": _("Write what is to be said.")})
    try:
        with transaction.atomic():
            return _keep(conversation_id, said, text), True
    except IntegrityError:
        found = Message.objects.filter(pk=said.id, conversation=conversation_id, direction=said.direction).first()
        if found is None:
            raise NotFound from None
        return found, False


def _keep(conversation_id: UUID, said: Said, text: str) -> Message:
    moment = clock.now()
    message = Message(
        id=said.id,
        conversation_id=conversation_id,
        kind=said.kind,
        direction=said.direction,
        channel="chat",
        at=moment,
        author_id=said.author_id,
        author_name=clean_line(said.name, max_length=200),
        text=text,
        reply_text=text,
        created_at=moment,
    )
    message.save(force_insert=True)
    MessageFile.objects.bulk_create(
        MessageFile(message=message, file_id=file_id, name=name, position=place)
        for place, (file_id, name) in enumerate(said.files)
    )
    _move_on(conversation_id, said, text or said.files[0][1], moment)
    publish(f"conversation:{conversation_id}", "changed")
    return message


def _move_on(conversation_id: UUID, said: Said, text: str, moment: datetime) -> None:
    changed: dict[str, object] = {
        "last_at": moment,
        "last_direction": said.direction,
        "snippet": clean_line(without_keys(without_address(text)), max_length=SHOWN),
        "messages_count": F("messages_count") + 1,
        "version": F("version") + 1,
    }
    if said.kind == "message":
        inwards = said.direction == "in"
        changed |= {
            "waiting_since": Coalesce("waiting_since", Value(moment, DateTimeField())) if inwards else None,
            "state": "open" if inwards else "waiting",
        }
        changed |= {"snoozed_until": None} | ({} if inwards else {"wants_person": False})
    Conversation.objects.filter(pk=conversation_id).update(**changed)


def require_answering(principal: Principal, conversation: Conversation) -> None:
    """Raises `Forbidden` for who may not answer here."""
    if not CONVERSATION_EDITED.allows(principal, conversation):
        raise Forbidden


def keep_live_words(conversation: Conversation, since: datetime) -> None:
    """What was said live since a moment is found by the search."""
    rows = Message.objects.filter(conversation=conversation, channel="chat", created_at__gte=since)
    found = list(rows.prefetch_related("files"))
    forget_words([message.pk for message in found])
    for message in found:
        keep_words(message, [row.name for row in message.files.all()])
