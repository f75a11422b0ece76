"""A customer in a chat wants to be called: at which number, and that he agrees, stands among what is said."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.services.beginning import Opening, begin_chat
from filo.collaborative.chat.services.news import tell_state
from filo.collaborative.inbox.services.live import require_answering
from filo.collaborative.telephony.queries.finding import written_number
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.italy.contact import display_phone


def wish_call(visitor: Visitor, number: str, opening: Opening) -> Chat:
    """Ask to be called: in the chat that is going on, else in a new one that waits for a colleague as every other.

    Raises `InvalidFields`.
    """
    to = written_number(number)
    if not to:
        raise InvalidFields({"number": _("This is no telephone number.")})
    said = _("Please call me at %(number)s. I agree to be called about this request.")
    chat = begin_chat(visitor, replace(opening, text=said % {"number": display_phone(to)}))
    chat.call_number, chat.call_wished_at, chat.called_at = to, clock.now(), None
    chat.save(update_fields=["call_number", "call_wished_at", "called_at"])
    tell_state(chat)
    return chat


def note_called(principal: Principal, chat: Chat) -> Chat:
    """A colleague is calling; twice changes nothing. Raises `Forbidden`."""
    require_answering(principal, chat.conversation)
    if Chat.objects.filter(pk=chat.pk, called_at=None).exclude(call_number="").update(called_at=clock.now()):
        record(principal, "chat.call", kind="conversation", object_id=chat.conversation_id, changes={})
        tell_state(chat)
    return Chat.objects.for_list().get(pk=chat.pk)
