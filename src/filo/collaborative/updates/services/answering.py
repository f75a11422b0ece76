"""A customer answers a mail about his order: who asks how it stands is told at once, whatever else goes to a person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.working import set_state
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.updates.asking import wish_of
from filo.collaborative.updates.letters import standing
from filo.collaborative.updates.models import OrderLetter
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.orders.models import Order
from filo.operational.orders.services.changing import locked_order

# Two machines that answer one another stop here (RFC 3834, section 2).
MOST_A_DAY, A_DAY = 4, timedelta(days=1)


def answer_about_order(principal: Principal, message_id: UUID) -> OrderLetter | None:
    """Answer one message once. None where a person has to or is at it, where thanks were said, or a machine wrote."""
    message = Message.objects.select_related("conversation__mailbox").filter(pk=message_id).first()
    if message is None or message.kind != "message" or message.direction != "in":
        return None
    letter = OrderLetter.objects.filter(conversation=message.conversation_id).select_related("order").last()
    if letter is None or _answers_a_person(message):
        return None
    wish = wish_of(message.reply_text or message.text)
    if wish == "thanks":
        set_state(principal, message.conversation, "done")
        return None
    if wish == "other" or not _may_be_told(letter.order, message):
        return None
    return _tell(principal, letter.order, message)


def _tell(principal: Principal, order: Order, message: Message) -> OrderLetter | None:
    with transaction.atomic():
        locked = locked_order(order)
        about = str(message.pk)
        if known := OrderLetter.objects.filter(order=locked, kind="answered", about=about).first():
            return known
        if _often(message.conversation):
            return None
        answer = Answer(standing(locked), then="done", quoted=False)
        reply = send_message(principal, message.conversation, answer, automatic=True)
        return OrderLetter.objects.create(
            order=locked,
            conversation=message.conversation,
            message=reply,
            kind="answered",
            about=about,
            at=clock.now(),
        )


def _answers_a_person(message: Message) -> bool:
    """Whether what we wrote last was a colleague's: what is said to him is his."""
    sent = Message.objects.filter(conversation=message.conversation_id, direction="out", at__lte=message.at)
    last = sent.exclude(kind="note").order_by("at", "id").last()
    return last is not None and last.kind == "message"


def _may_be_told(order: Order, message: Message) -> bool:
    """Only the address that the order's mails go to is told of it, and never a mailbox of ours."""
    address = message.from_address.strip().casefold()
    known = {order.mail_to.strip().casefold(), message.conversation.contact_address.strip().casefold()} - {""}
    return address in known and not Mailbox.objects.filter(address__iexact=address).exists()


def _often(conversation: Conversation) -> bool:
    rows = OrderLetter.objects.filter(conversation=conversation, kind="answered", at__gt=clock.now() - A_DAY)
    return rows.count() >= MOST_A_DAY
