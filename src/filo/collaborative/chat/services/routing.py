"""Who takes a chat: it is offered to one colleague at a time, whoever may answer can take it, and pass it on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from filo.collaborative.chat.events import ChatTaken
from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.queries.desks import least_busy
from filo.collaborative.chat.services.news import tell_state
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.services.live import require_answering
from filo.collaborative.inbox.services.working import assign, pass_on
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.operational.service.models import ServiceGroup

OFFERED_FOR = timedelta(seconds=30)


class TakenAlready(DomainError):
    """A colleague was quicker."""

    code = "chat-taken"


def offer(chat: Chat, *, without: tuple[UUID, ...] = ()) -> None:
    """Offer a chat to the colleague who should take it; with nobody there it waits for whoever comes."""
    desk = least_busy(chat.group_id, chat.language, without=without) or (
        least_busy(chat.group_id, chat.language) if without else None
    )
    chat.operator = desk.user if desk else None
    chat.offered_at = clock.now() if desk else None
    Chat.objects.filter(pk=chat.pk, state="waiting").update(operator=chat.operator, offered_at=chat.offered_at)


def offer_again() -> int:
    """Chats that lay with somebody for half a minute, or with nobody, go to the next one; gives how many."""
    before = clock.now() - OFFERED_FOR
    waiting = Chat.objects.filter(state="waiting").filter(Q(offered_at__lte=before) | Q(operator=None))
    found = list(waiting.order_by("began_at")[:200])
    for chat in found:
        was = chat.operator_id
        offer(chat, without=(was,) if was else ())
        if chat.operator_id != was:
            tell_state(chat)
    return len(found)


def take_chat(principal: Principal, chat: Chat) -> Chat:
    """Take it; of two who try at once one has it. Raises `Forbidden`, `TakenAlready`."""
    require_answering(principal, chat.conversation)
    moment = clock.now()
    with transaction.atomic():
        free = Chat.objects.filter(pk=chat.pk, state="waiting")
        if not free.update(state="open", operator=principal.user_id, taken_at=moment, offered_at=None):
            found = Chat.objects.for_list().get(pk=chat.pk)
            if found.operator_id == principal.user_id:
                return found
            name = found.operator.name if found.operator else ""
            raise TakenAlready(_("%(name)s has taken it meanwhile.") % {"name": name})
        found = Chat.objects.for_list().get(pk=chat.pk)
        _his_now(principal, found, principal.user_id)
        seconds = int((moment - found.began_at).total_seconds())
        record(principal, "chat.take", kind="conversation", object_id=found.conversation_id, changes={})
        if principal.user_id:
            announce(
                principal,
                ChatTaken(
                    chat=found.pk,
                    conversation=found.conversation_id,
                    party=found.conversation.party_id,
                    operator=principal.user_id,
                    seconds=seconds,
                ),
            )
        tell_state(found)
    return found


def pass_chat(
    principal: Principal, chat: Chat, *, person: User | None = None, group: ServiceGroup | None = None
) -> Chat:
    """Pass it on: to a colleague, who has it at once, or to a group, where it waits. Raises `Forbidden`,
    `InvalidFields`.
    """
    require_answering(principal, chat.conversation)
    if person is None and group is None:
        raise InvalidFields({"to": _("Choose a colleague or a group.")})
    if person is not None and not principal_of(person).may("conversation", "edit"):
        raise InvalidFields({"to": _("%(name)s may not answer conversations.") % {"name": person.name}})
    with transaction.atomic():
        found = Chat.objects.select_for_update(of=("self",)).get(pk=chat.pk)
        if found.is_over:
            raise InvalidFields({"to": _("This chat is over.")})
        if person is not None:
            found.operator, found.state = person, "open"
            found.taken_at = found.taken_at or clock.now()
        else:
            found.group, found.state, found.operator, found.offered_at = group, "waiting", None, None
        found.save()
        if person is not None:
            _his_now(principal, found, person.pk)
        elif group is not None:
            pass_on(principal, found.conversation, group)
            offer(found, without=(principal.user_id,) if principal.user_id else ())
        record(principal, "chat.pass", kind="conversation", object_id=found.conversation_id, changes={})
        tell_state(found)
    return found


def _his_now(principal: Principal, chat: Chat, user_id: UUID | None) -> None:
    conversation = Conversation.objects.select_related("party", "ticket").get(pk=chat.conversation_id)
    if conversation.assignee_id != user_id:
        assign(principal, conversation, user_id)
