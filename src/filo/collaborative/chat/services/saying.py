"""Something is said in a chat: kept first, then told to the other side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from filo.collaborative.chat.hearing import heard
from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.services.news import tell_message, tell_sign
from filo.collaborative.chat.services.routing import take_chat
from filo.collaborative.inbox.models import Message
from filo.collaborative.inbox.services.live import Said, require_answering, say_live
from filo.collaborative.inbox.services.live_talks import hear_live
from filo.collaborative.visitors.services.beginning import without_secrets
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import DomainError
from filo.foundation.folding import clean_line
from filo.operational.service.services import note_answer

CHAT = system("chat")
AFTER_SILENCE = timedelta(minutes=5)
Files = Sequence[tuple[UUID, str]]


class Over(DomainError):
    """It has ended."""

    code = "chat-over"


def customer_says(
    chat: Chat, message_id: UUID, text: str, *, files: Files = (), page: str = "", title: str = ""
) -> Message:
    """What the customer says; the same id again changes nothing. Raises `InvalidFields`, `Over`."""
    _refuse_over(chat)
    known = chat.visitor.known if chat.visitor else None
    name = known.display_name if known else chat.conversation.contact_name or _("Visitor")
    with transaction.atomic():
        message, new = say_live(chat.conversation_id, Said(message_id, text, "in", name, files=files))
        if new:
            facts: dict[str, object] = {"last_at": message.at, "heard_at": message.at}
            if page:
                facts |= {"page": without_secrets(page), "page_title": clean_line(title, max_length=200)}
            if message.at - chat.last_at > AFTER_SILENCE:
                hear_live(CHAT, chat.conversation, message, first=False)
            Chat.objects.filter(pk=chat.pk).update(**facts)
            tell_message(chat, message.pk)
            heard(chat, message)
    return message


def operator_says(principal: Principal, chat: Chat, message_id: UUID, text: str, *, files: Files = ()) -> Message:
    """What a colleague says; who answers a chat that waits takes it. Raises `Forbidden`, `InvalidFields`, `Over`,
    `TakenAlready`.
    """
    require_answering(principal, chat.conversation)
    _refuse_over(chat)
    if chat.state == "waiting":
        chat = take_chat(principal, chat)
    said = Said(message_id, text, "out", principal.name, author_id=principal.user_id, files=files)
    with transaction.atomic():
        message, new = say_live(chat.conversation_id, said)
        if new:
            first = chat.conversation.ticket is not None and chat.conversation.ticket.responded_at is None
            if first and chat.conversation.ticket:
                note_answer(principal, chat.conversation.ticket, at=message.at, automatic=False)
            Chat.objects.filter(pk=chat.pk).update(last_at=message.at, operator_read=message.at)
            tell_message(chat, message.pk)
    return message


def note_read(chat: Chat, *, side: str, principal: Principal | None = None) -> None:
    """Everything so far was read by a side (customer or operator); for a colleague only who has the chat counts."""
    moment = clock.now()
    if side == "customer":
        unread = Q(customer_read=None) | Q(customer_read__lt=chat.last_at)
        done = Chat.objects.filter(unread, pk=chat.pk).update(customer_read=moment, heard_at=moment)
    else:
        unread = Q(operator_read=None) | Q(operator_read__lt=chat.last_at)
        mine = Chat.objects.filter(pk=chat.pk, operator=principal.user_id if principal else None)
        done = mine.filter(unread).update(operator_read=moment)
    if done:
        tell_sign(chat, "read", side)


def note_typing(chat: Chat, *, side: str) -> None:
    """A side is typing; its page says so every few seconds at most."""
    if not chat.is_over:
        tell_sign(chat, "typing", side)


def _refuse_over(chat: Chat) -> None:
    if chat.is_over:
        raise Over(_("This chat is over. Begin a new one."))
