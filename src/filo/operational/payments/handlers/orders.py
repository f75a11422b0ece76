"""Orders and what is owed of them before they are billed."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.operational.orders.events import OrderCancelled, OrderChanged, OrderConfirmed, OrderReopened
from filo.operational.orders.models import Order
from filo.operational.payments.events import DueReopened
from filo.operational.payments.services.ordered import owe_advance

BOOKS = system("payments")
WEIGHING = {"total", "payment_terms"}


@on(OrderConfirmed)
def owe_what_the_terms_say(event: OrderConfirmed, _meta: EventMeta) -> None:
    """A deposit, or all of it in advance."""
    _owe(event.order)


@on(OrderChanged)
def owe_as_it_is_now(event: OrderChanged, _meta: EventMeta) -> None:
    """Other lines or terms make more or less of it owed."""
    if WEIGHING.intersection(event.fields):
        _owe(event.order)


@on(OrderReopened)
def owe_nothing_of_a_draft(event: OrderReopened, _meta: EventMeta) -> None:
    """What is open of it is asked no more."""
    _owe(event.order)


@on(OrderCancelled)
def owe_nothing_of_what_is_off(event: OrderCancelled, _meta: EventMeta) -> None:
    """What is open of it is asked no more; what was paid is for a person to give back."""
    _owe(event.order)


@on(DueReopened)
def owe_no_more_than_the_terms_say(event: DueReopened, _meta: EventMeta) -> None:
    """What was paid of it and given back is owed again only as far as the order still asks for it."""
    if event.kind == "order":
        _owe(event.source, more=False)


def _owe(order_id: UUID, *, more: bool = True) -> None:
    order = Order.objects.select_related("party", "bill_party", "company").filter(pk=order_id).first()
    if order is not None:
        owe_advance(BOOKS, order, more=more)
