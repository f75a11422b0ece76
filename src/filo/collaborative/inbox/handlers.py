"""Who has to hear of what happens in conversations."""

from __future__ import annotations

from filo.collaborative.inbox.events import ColleaguesNamed, ConversationChanged, MessageNotDelivered, MessageReceived
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.failing import not_delivered
from filo.collaborative.inbox.services.from_pages import bring_over
from filo.collaborative.inbox.telling import FAILED, GIVEN, NAMED, RECEIVED
from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.mail.events import MailNotSent
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.service.events import CustomerWroteOnPage, PersonWanted
from filo.operational.service.models import Ticket


@on(MessageReceived)
def tell_who_looks_after_it(event: MessageReceived, meta: EventMeta) -> None:
    """The colleague who has it; what nobody has taken yet stands in the group's list."""
    conversation = Conversation.objects.filter(pk=event.conversation).first()
    if conversation is None or conversation.assignee_id is None or not is_news(meta.time):
        return
    notify(RECEIVED, [conversation.assignee_id], subject=_about(conversation), url=_address(conversation))


@on(ConversationChanged)
def tell_whom_it_was_given(event: ConversationChanged, meta: EventMeta) -> None:
    """Somebody is to answer now."""
    conversation = Conversation.objects.filter(pk=event.conversation).first()
    if conversation is None or "assignee_id" not in event.fields or not is_news(meta.time):
        return
    people = [conversation.assignee_id]
    notify(GIVEN, people, subject=_about(conversation), url=_address(conversation), actor=meta.actor_id)


@on(ColleaguesNamed)
def tell_who_is_named(event: ColleaguesNamed, meta: EventMeta) -> None:
    """Colleagues were named with @."""
    conversation = Conversation.objects.filter(pk=event.conversation).first()
    if conversation is not None and is_news(meta.time):
        notify(NAMED, event.people, subject=_about(conversation), url=_address(conversation), actor=meta.actor_id)


@on(MessageNotDelivered)
def tell_who_wrote_it(event: MessageNotDelivered, meta: EventMeta) -> None:
    """Whoever wrote it, or has the conversation when a machine did."""
    message = Message.objects.select_related("conversation").filter(pk=event.message).first()
    if message is not None and is_news(meta.time):
        conversation = message.conversation
        people = [message.author_id or conversation.assignee_id]
        notify(FAILED, people, subject=_about(conversation), url=_address(conversation))


@on(CustomerWroteOnPage)
def hear_what_he_wrote_on_his_page(event: CustomerWroteOnPage, _meta: EventMeta) -> None:
    """It is answered where all else is; its request's people were told already."""
    ticket = Ticket.objects.filter(pk=event.ticket).first()
    if ticket is not None:
        bring_over(system("inbox"), ticket)


@on(PersonWanted)
def put_on_top_who_wants_a_person(event: PersonWanted, _meta: EventMeta) -> None:
    """Until somebody has answered him."""
    ticket = Ticket.objects.filter(pk=event.ticket).first()
    if ticket is not None:
        bring_over(system("inbox"), ticket, wants_person=True)


def _about(conversation: Conversation) -> Subject:
    return Subject("conversation", conversation.id)


def _address(conversation: Conversation) -> str:
    return f"/inbox/{conversation.id}"


@on(MailNotSent)
def note_what_was_refused(event: MailNotSent, meta: EventMeta) -> None:
    """The server of the post did not take it."""
    mail = OutgoingMail.objects.filter(pk=event.mail).first()
    if mail is not None:
        not_delivered(system("mail"), mail.message_id, permanent=True, reason=mail.error, at=meta.time)
