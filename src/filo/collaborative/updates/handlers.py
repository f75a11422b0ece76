"""Something happens to an order: its customer is written to. He answers: he is answered."""

from __future__ import annotations

from uuid import UUID

from filo.collaborative.inbox.events import MessageReceived
from filo.collaborative.updates.letters import confirmation, delivery, shipment_letter
from filo.collaborative.updates.models import OrderLetter
from filo.collaborative.updates.services.writing import write_about
from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.services.telling import is_news
from filo.operational.orders.events import OrderConfirmed, OrderDelivered, OrderShipped
from filo.operational.orders.models import Order, OrderLine, Shipment

ORDERS = system("orders")


@on(OrderConfirmed)
def confirm_by_mail(event: OrderConfirmed, meta: EventMeta) -> None:
    """What was ordered, for how much, by when it shall be there."""
    order = _order(event.order, meta)
    if order is not None and order.state != "draft":
        lines = OrderLine.objects.filter(order=order).order_by("position")
        write_about(ORDERS, order, kind="confirmed", about=order.name, text=confirmation(order, lines))


@on(OrderShipped)
def tell_of_the_shipment(event: OrderShipped, meta: EventMeta) -> None:
    """With whom goods have left."""
    order = _order(event.order, meta)
    shipment = Shipment.objects.select_related("carrier").filter(pk=event.shipment).first()
    if order is not None and shipment is not None:
        write_about(ORDERS, order, kind="shipped", about=str(shipment.pk), text=shipment_letter(order, shipment))


@on(OrderDelivered)
def tell_of_the_delivery(event: OrderDelivered, meta: EventMeta) -> None:
    """Once everything is there."""
    order = _order(event.order, meta)
    if order is not None and event.whole:
        write_about(ORDERS, order, kind="delivered", about=order.name, text=delivery(order))


@on(MessageReceived)
def answer_who_asks(event: MessageReceived, meta: EventMeta) -> None:
    """In a talk about an order."""
    if is_news(meta.time) and OrderLetter.objects.filter(conversation=event.conversation).exists():
        enqueue("updates.answer_about_order", key=str(event.message), message=str(event.message))


def _order(order_id: UUID, meta: EventMeta) -> Order | None:
    """The order, if what happened is news and there is an address to write to."""
    if not is_news(meta.time):
        return None
    return Order.objects.select_related("party", "company").exclude(mail_to="").filter(pk=order_id).first()
