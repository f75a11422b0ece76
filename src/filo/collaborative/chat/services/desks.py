"""A colleague says whether he takes chats."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.chat.models import Chat, ChatDesk
from filo.collaborative.chat.services.news import tell_state
from filo.collaborative.chat.services.routing import offer
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, InvalidFields


def set_desk(principal: Principal, *, open: bool, most: int | None = None) -> ChatDesk:
    """Open or close one's desk; most: how many chats at once, 1 to 20. Raises `Forbidden`, `InvalidFields`.

    Who closes it keeps the chats he has; those that were only offered to him go to the next.
    """
    if principal.user_id is None or not principal.may("conversation", "edit"):
        raise Forbidden
    if most is not None and not 1 <= most <= 20:
        raise InvalidFields({"most": _("Between 1 and 20 chats at once.")})
    with transaction.atomic():
        found, _new = ChatDesk.objects.get_or_create(user_id=principal.user_id)
        found.open, found.beat_at = open, clock.now()
        found.most = most or found.most
        found.save()
        waiting = Chat.objects.filter(state="waiting")
        for chat in waiting.filter(operator=None) if open else waiting.filter(operator=principal.user_id):
            offer(chat)
            tell_state(chat)
    return found


def beat(principal: Principal) -> None:
    """His page is open."""
    ChatDesk.objects.filter(user=principal.user_id, open=True).update(beat_at=clock.now())
