"""A chat is over: said by either side, or by silence. What was said is told on the card, and mailed to who wants it."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from filo.collaborative.chat.events import ChatEnded
from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.queries.talk import transcript
from filo.collaborative.chat.services.news import tell_state
from filo.collaborative.inbox.services.live_talks import rest_live, tell_live
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.mail.services import queue_mail

CHAT = system("chat")
SILENT_AFTER, TOLD_AFTER = timedelta(minutes=60), timedelta(seconds=30)


def end_chat(principal: Principal, chat: Chat, *, by: str) -> None:
    """It is over (by: customer, operator, silence); twice changes nothing."""
    with transaction.atomic():
        going_on = Chat.objects.filter(pk=chat.pk).going_on()
        was_taken = chat.taken_at is not None
        if not going_on.update(state="ended", ended_at=clock.now(), ended_by=by):
            return
        found = Chat.objects.for_list().get(pk=chat.pk)
        if was_taken and by != "silence":
            rest_live(found.conversation)
        tell_live(principal, found.conversation, found.pk, found.began_at)
        announce(
            principal,
            ChatEnded(chat=found.pk, conversation=found.conversation_id, party=found.conversation.party_id, by=by),
        )
        tell_state(found)


def tell_so_far() -> int:
    """Write on their cards what was said in chats that go on and have paused; gives how many."""
    paused = Chat.objects.for_list().going_on().filter(last_at__lte=clock.now() - TOLD_AFTER)
    found = [one for one in paused.order_by("last_at")[:200] if one.told_at is None or one.told_at < one.last_at]
    for chat in found:
        Chat.objects.filter(pk=chat.pk).update(told_at=clock.now())
        tell_live(CHAT, chat.conversation, chat.pk, chat.began_at)
    return len(found)


def end_silent() -> int:
    """End chats in which nothing was said for an hour; what nobody took stays an open request, and who wants to be
    called still waits for that. Gives how many.
    """
    silent = Chat.objects.for_list().going_on().filter(last_at__lte=clock.now() - SILENT_AFTER)
    silent = silent.exclude(call_wished_at__isnull=False, called_at=None)
    found = list(silent.order_by("last_at")[:200])
    for chat in found:
        end_chat(CHAT, chat, by="silence")
    return len(found)


def mail_transcript(chat: Chat, address: str) -> None:
    """Mail what was said to an address, once for each. Raises `InvalidFields`."""
    address = address.strip().casefold()[:320]
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidFields({"address": _("Write an e-mail address, such as name@example.it.")}) from None
    with override(chat.language):
        number = chat.conversation.ticket.number if chat.conversation.ticket else ""
        queue_mail(
            to=address,
            subject=_("Our chat") + (f" [#{number}]" if number else ""),
            text=_("Good day,\n\nthis is what we said:\n\n%(said)s\n") % {"said": transcript(chat)},
            key=f"chat:{chat.pk}:{address}:{chat.last_at.timestamp()}",
        )
