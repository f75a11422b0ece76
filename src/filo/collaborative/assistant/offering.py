"""The way on that an automatic answer offers: a personal link to the assistant, which knows already what was asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.collaborative.answers.ways import Way
from filo.collaborative.assistant.queries.topics import topic_of
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.shop.queries.shelves import sells
from filo.collaborative.visitors.queries.links import address_of_link
from filo.collaborative.visitors.services import make_link


def way_to_assistant(conversation: Conversation, message: Message) -> Way | None:
    """Where he asks for something that the shop sells; other questions lead elsewhere."""
    if conversation.party is None or not sells():
        return None
    topic = topic_of(f"{conversation.subject}\n{message.reply_text or message.text}")
    if not topic.words:
        return None
    context = {"conversation": str(conversation.pk), "topic": topic.words, "offers": topic.offers}
    link = make_link(conversation.party, "assistant", context)
    return Way(_("To see what we have for you, open your personal shop assistant:"), address_of_link(link))
