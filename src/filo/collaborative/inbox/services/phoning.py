"""A call is noted in the conversation that it was about: the talk changes its channel and keeps its story."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.events import MessageSent
from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.services.telling import conversation_changed, tell_story
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.operational.parties.services.timeline import note_contact
from filo.operational.service.services import note_answer, note_customer_wrote

LIMIT = 50_000
DIRECTIONS = ("in", "out")


def note_call(
    principal: Principal,
    conversation: Conversation,
    text: str,
    *,
    direction: str,
    reached: bool = True,
    done: bool = False,
) -> Message:
    """Keep what was said on the telephone; who was spoken to has had his answer, who was not goes on waiting.

    direction: "in" when the customer called. Raises `Forbidden`, `InvalidFields` (nothing written).
    """
    if not CONVERSATION_EDITED.allows(principal, conversation):
        raise Forbidden
    text = clean_text(text, max_length=LIMIT)
    if not text.strip():
        raise InvalidFields({"text": _("Write what was said.")})
    if direction not in DIRECTIONS:
        raise InvalidFields({"direction": _("Say who called.")})
    moment = clock.now()
    with transaction.atomic():
        locked = Conversation.objects.select_for_update(of=("self",)).select_related("party", "ticket")
        found = locked.get(pk=conversation.pk)
        message = Message.objects.create(
            conversation=found,
            kind="message",
            direction=direction,
            channel="phone",
            at=moment,
            author_id=principal.user_id,
            author_name=principal.name,
            subject=found.subject,
            text=text,
            reply_text=text,
            delivery_note="" if reached else _("Nobody answered."),
            created_at=moment,
        )
        keep_words(message)
        _move_on(found, message, reached=reached, done=done)
        _tell(principal, found, message, reached=reached)
        record(principal, "message.call", kind="conversation", object_id=found.id, changes={})
        conversation_changed(principal, found)
    return message


def _spoken(message: Message, found: Conversation) -> MessageSent:
    """He has had his answer, as if it had been written."""
    return MessageSent(
        conversation=found.id,
        message=message.id,
        party=found.party_id,
        ticket=found.ticket_id,
        channel="phone",
        automatic=False,
    )


def _tell(principal: Principal, found: Conversation, message: Message, *, reached: bool) -> None:
    """The story, the request's clock and whoever listens hear of it; of one that reached nobody the story alone."""
    if found.party:
        entries = tell_story(principal, found, message)
        if reached:
            note_contact(entries)
    if found.ticket and message.direction == "in":
        note_customer_wrote(principal, found.ticket, at=message.at)
    if not reached:
        return
    if found.ticket:
        note_answer(principal, found.ticket, at=message.at, automatic=False)
    announce(
        principal,
        MessageSent(
            conversation=found.id,
            message=message.id,
            party=found.party_id,
            ticket=found.ticket_id,
            channel="phone",
            automatic=False,
        ),
    )


def _move_on(found: Conversation, message: Message, *, reached: bool, done: bool) -> None:
    found.last_at, found.last_direction = message.at, message.direction
    found.snippet = clean_line(message.text, max_length=300)
    found.messages_count += 1
    found.version += 1
    changed = ["last_at", "last_direction", "snippet", "messages_count", "version"]
    if reached:
        found.waiting_since, found.wants_person = None, False
        changed += ["waiting_since", "wants_person"]
    if reached or done:
        found.state, found.snoozed_until = "done" if done else "waiting", None
        changed += ["state", "snoozed_until"]
    found.save(update_fields=changed)
