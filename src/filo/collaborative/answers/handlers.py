"""A question comes in: it is answered; a customer is unhappy, or a person answers: it is noted."""

from __future__ import annotations

from filo.collaborative.answers.events import CustomerUnhappy
from filo.collaborative.answers.models import AutoReply
from filo.collaborative.answers.services.reviewing import customer_unhappy, person_answered
from filo.collaborative.answers.telling import UNHAPPY
from filo.collaborative.inbox.events import MessageReceived, MessageSent
from filo.collaborative.inbox.models import Message
from filo.collaborative.knowledge.questions.mood import sentiment
from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.service.queries import members_of


@on(MessageReceived)
def have_it_answered(event: MessageReceived, meta: EventMeta) -> None:
    """A job of its own, for the meaning of a question is looked for outside of whoever relays events."""
    if event.first and is_news(meta.time):
        enqueue("answers.answer_message", key=str(event.message), message=str(event.message))


@on(MessageReceived)
def hear_how_the_customer_feels(event: MessageReceived, meta: EventMeta) -> None:
    """He answers what a machine wrote to him."""
    if event.first or not AutoReply.objects.filter(conversation=event.conversation, person_at=None).exists():
        return
    message = Message.objects.filter(pk=event.message, kind="message").first()
    if message is not None and sentiment(message.reply_text or message.text) == "unhappy":
        customer_unhappy(system("answers"), message)


@on(MessageSent)
def note_that_a_person_answers(event: MessageSent, meta: EventMeta) -> None:
    """From here on nobody waits for a person any more."""
    if not event.automatic:
        person_answered(event.conversation, Message.objects.get(pk=event.message))


@on(CustomerUnhappy)
def call_the_group(event: CustomerUnhappy, meta: EventMeta) -> None:
    """Whoever has it, or all of the group."""
    answer = AutoReply.objects.select_related("conversation__group").filter(pk=event.answer).first()
    if answer is None or not is_news(meta.time):
        return
    conversation = answer.conversation
    people = [conversation.assignee_id] if conversation.assignee_id else members_of(conversation.group)
    notify(UNHAPPY, people, subject=Subject("conversation", conversation.id), url=f"/inbox/{conversation.id}")
