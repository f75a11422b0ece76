"""Carts follow who is recognised; offers follow the catalogue and the prices; what is called off is owed no more."""

from __future__ import annotations

from datetime import timedelta

from filo.collaborative.shop.services.following import follow, unfollow
from filo.collaborative.shop.services.offers import keep_offers
from filo.collaborative.visitors.events import RecognitionUndone, VisitorRecognised
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock
from filo.foundation.events.base import DomainEvent, EventMeta
from filo.foundation.events.registry import on
from filo.foundation.jobs.services import enqueue
from filo.operational.catalogue.events import ProductChanged, ProductCreated, ProductDeleted, ProductRestored
from filo.operational.prices.events import DiscountChanged, PriceListChanged, PricesChanged

SOON = timedelta(minutes=1)


@on(VisitorRecognised)
def bring_his_cart(event: VisitorRecognised, _meta: EventMeta) -> None:
    """What he put together before is his on all his devices; his own word alone is not enough for that."""
    visitor = Visitor.objects.select_related("party").filter(pk=event.visitor, party=event.party).first()
    if visitor is not None:
        follow(visitor)


@on(RecognitionUndone)
def leave_the_cart_there(event: RecognitionUndone, _meta: EventMeta) -> None:
    """What that browser put in stays with it."""
    unfollow(event.visitor, event.party)


@on(ProductCreated, ProductChanged, ProductDeleted, ProductRestored)
def keep_the_offer(event: DomainEvent, _meta: EventMeta) -> None:
    """Of one product."""
    keep_offers([event.subject])


@on(PriceListChanged, PricesChanged, DiscountChanged)
def reckon_all_soon(_event: DomainEvent, _meta: EventMeta) -> None:
    """Of all, a minute later: who writes prices writes many."""
    when = clock.now().replace(second=0, microsecond=0) + 2 * SOON
    enqueue("shop.keep_all_offers", key=when.isoformat(), run_at=when)
