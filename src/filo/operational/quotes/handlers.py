"""What follows from what happens to quotes: whoever has one is told."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.parties.events import RelationshipAssigned
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.following import follow
from filo.operational.quotes.events import (
    QuoteAccepted,
    QuoteExpiring,
    QuoteQuestion,
    QuoteRejected,
    QuoteViewed,
)
from filo.operational.quotes.models import EARLY, OUT, Quote
from filo.operational.quotes.services.changing import change
from filo.operational.quotes.telling import ACCEPTED, EXPIRING, QUESTION, REJECTED, VIEWED


@on(QuoteViewed)
def tell_that_it_was_opened(event: QuoteViewed, meta: EventMeta) -> None:
    """The customer, who consented to it, looked."""
    _tell(event.quote, VIEWED, meta)


@on(QuoteAccepted)
def tell_that_it_was_accepted(event: QuoteAccepted, meta: EventMeta) -> None:
    """The customer takes it."""
    _tell(event.quote, ACCEPTED, meta)


@on(QuoteRejected)
def tell_that_it_was_rejected(event: QuoteRejected, meta: EventMeta) -> None:
    """The customer does not take it."""
    _tell(event.quote, REJECTED, meta)


@on(QuoteQuestion)
def tell_of_the_question(event: QuoteQuestion, meta: EventMeta) -> None:
    """The customer asks something."""
    _tell(event.quote, QUESTION, meta)


@on(QuoteExpiring)
def tell_that_it_expires(event: QuoteExpiring, meta: EventMeta) -> None:
    """Nobody has answered, and it holds for a few days more."""
    _tell(event.quote, EXPIRING, meta)


@on(RelationshipAssigned)
def quotes_go_along(event: RelationshipAssigned, meta: EventMeta) -> None:
    """The quotes that a customer has not answered follow him to whom he was given."""
    follow(event, meta, action="quote.follow", rows=_open_with, change=partial(change, what="follow"))


def _open_with(row: Relationship) -> QuerySet[Quote]:
    return Quote.objects.filter(relationship=row, state__in=[*EARLY, *OUT], deleted_at=None)


def _tell(quote_id: UUID, kind: str, meta: EventMeta) -> None:
    quote = Quote.objects.filter(pk=quote_id).first()
    if quote is not None and quote.owner_id and is_news(meta.time):
        url = f"/quotes/{quote_id}"
        notify(kind, [quote.owner_id], subject=Subject("quote", quote_id), url=url, actor=meta.actor_id)
