"""What customers write teaches; what they order tells what sections bring."""

from __future__ import annotations

from filo.collaborative.assistant.services import learn_from, note_ordered
from filo.collaborative.chat.models import Chat
from filo.collaborative.inbox.events import MessageReceived
from filo.collaborative.inbox.models import Message
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.push.services import publish
from filo.operational.orders.events import OrderConfirmed
from filo.operational.orders.models import Order


@on(MessageReceived)
def learn_from_mail(event: MessageReceived, meta: EventMeta) -> None:
    """From what a proved customer wrote; chats are heard line by line."""
    if event.channel == "chat":
        return
    message = Message.objects.select_related("conversation__party").filter(pk=event.message).first()
    if message is None or message.kind != "message":
        return
    talk = message.conversation
    if talk.party is None or not talk.proved or talk.private:
        return
    text = f"{talk.subject}\n{message.reply_text or message.text}" if event.first else message.reply_text
    learn_from(
        talk.party, text, language=talk.language, source="mail", about=("message", message.pk), topic=event.first
    )


@on(OrderConfirmed)
def count_order(event: OrderConfirmed, meta: EventMeta) -> None:
    """It may have come of a section; a colleague who chats with him sees that his cart is empty now."""
    order = Order.objects.filter(pk=event.order).first()
    if order is not None:
        note_ordered(order.party_id)
        chats = Chat.objects.going_on().filter(conversation__party=order.party_id, visitor__isnull=False)
        for visitor_id in chats.values_list("visitor", flat=True):
            publish(f"visit:{visitor_id}", "cart")
