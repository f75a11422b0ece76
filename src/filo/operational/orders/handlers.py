"""What follows from what happens to orders: whoever has the deal is told that it is still open."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.orders.events import OrderConfirmed
from filo.operational.orders.models import Order
from filo.operational.orders.telling import DEAL_OPEN


@on(OrderConfirmed)
def tell_that_the_deal_is_open(event: OrderConfirmed, meta: EventMeta) -> None:
    """The order came of a quote for a deal that nobody has won yet: its owner is told, also where he confirmed it."""
    order = Order.objects.select_related("quoted_from__deal").get(pk=event.order)
    deal = order.quoted_from.deal if order.quoted_from else None
    if deal is None or not deal.is_open or deal.deleted_at is not None:
        return
    if deal.owner_id and is_news(meta.time):
        notify(DEAL_OPEN, [deal.owner_id], subject=Subject("deal", deal.pk), url=f"/deals/{deal.pk}")
