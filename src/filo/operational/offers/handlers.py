"""What customers do decides what they were offered."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.operational.offers.services import hear_of_order, hear_of_quote
from filo.operational.orders.events import OrderConfirmed
from filo.operational.quotes.events import QuoteAccepted, QuoteRejected


@on(QuoteAccepted)
def accept_with_its_quote(event: QuoteAccepted, _meta: EventMeta) -> None:
    """What it led to is taken."""
    hear_of_quote(event.quote, "accepted")


@on(QuoteRejected)
def refuse_with_its_quote(event: QuoteRejected, _meta: EventMeta) -> None:
    """What it led to is not."""
    hear_of_quote(event.quote, "refused")


@on(OrderConfirmed)
def accept_what_is_ordered(event: OrderConfirmed, _meta: EventMeta) -> None:
    """He orders what he was offered."""
    hear_of_order(event.order, event.party)
