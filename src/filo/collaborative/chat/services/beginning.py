"""A customer asks for a person: the talk that brought him here goes on, or a new one begins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from filo.collaborative.chat.events import ChatBegan
from filo.collaborative.chat.hearing import heard
from filo.collaborative.chat.models import Chat, ChatPlace
from filo.collaborative.chat.queries.talk import going_on_with, talk_to_go_on_with
from filo.collaborative.chat.services.news import tell_message, tell_state
from filo.collaborative.chat.services.routing import offer
from filo.collaborative.chat.services.saying import customer_says
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.services.live import Said, say_live
from filo.collaborative.inbox.services.live_talks import Caller, begin_live, hear_live, wish_person
from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.services.beginning import without_secrets
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.service.models import ServiceGroup

CHAT = system("chat")
SUBJECT = 120


@dataclass(frozen=True)
class Opening:
    """The first line, and where it is said. message: its id, given by the page, so that sending it again opens nothing.

    name, address: what an unknown visitor says of himself.
    """

    message: UUID
    text: str
    name: str = ""
    address: str = ""
    page: str = ""
    title: str = ""
    language: str = "it"
    place: ChatPlace | None = None


def begin_chat(visitor: Visitor, opening: Opening) -> Chat:
    """Open a chat and offer it to a colleague who is there; one that is going on goes on, with this line said in it.

    Raises `InvalidFields`.
    """
    going_on = going_on_with(visitor)
    if going_on is None:
        try:
            with transaction.atomic():
                return _begin(visitor, opening)
        except IntegrityError:  # two tries at once: the other one opened it
            going_on = going_on_with(visitor)
            if going_on is None:
                raise
    customer_says(going_on, opening.message, opening.text, page=opening.page, title=opening.title)
    return going_on


def _begin(visitor: Visitor, opening: Opening) -> Chat:
    moment, known = clock.now(), visitor.known
    conversation = talk_to_go_on_with(visitor) or _new_talk(visitor, opening)
    chat = Chat.objects.create(
        visitor=visitor,
        conversation=conversation,
        group=conversation.group or (opening.place.group if opening.place else None),
        language=opening.language,
        began_at=moment,
        heard_at=moment,
        last_at=moment,
        page=without_secrets(opening.page),
        page_title=clean_line(opening.title, max_length=200),
    )
    wish_person(conversation)
    name = known.display_name if known else clean_line(opening.name, max_length=200) or _stranger(opening.language)
    message, _new = say_live(conversation.pk, Said(opening.message, opening.text, "in", name))
    hear_live(CHAT, conversation, message, first=conversation.channel == "chat")
    announce(CHAT, ChatBegan(chat=chat.pk, conversation=conversation.pk, party=conversation.party_id))
    tell_message(chat, message.pk)
    heard(chat, message)
    offer(chat)
    tell_state(chat)
    return chat


def _new_talk(visitor: Visitor, opening: Opening) -> Conversation:
    place = opening.place
    group = place.group if place and place.group else ServiceGroup.objects.order_by("name").first()
    caller = Caller(visitor.known, opening.name, opening.address, opening.language)
    subject = clean_line(opening.text, max_length=SUBJECT)
    company = place.company if place else None
    return begin_live(CHAT, caller, subject=subject, group=group, company=company)


def _stranger(language: str) -> str:
    with override(language):
        return _("Visitor")
