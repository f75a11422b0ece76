"""What follows from what happens to deals, and from what happens with their customers."""

from __future__ import annotations

from functools import partial

from django.db.models import QuerySet

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.deals.events import DealDeleted, DealGiven, DealLost, DealStale, DealWon
from filo.operational.deals.models import Deal
from filo.operational.deals.services.assigning import give_newcomer
from filo.operational.deals.services.changing import change
from filo.operational.deals.services.keeping import customer_was_heard
from filo.operational.deals.telling import GIVEN, STALE
from filo.operational.interactions.events import InteractionLogged
from filo.operational.parties.events import PartyCreated, RelationshipAssigned
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.following import follow


@on(DealGiven)
def tell_who_has_it(event: DealGiven, meta: EventMeta) -> None:
    """A deal was given to somebody."""
    if event.owner and is_news(meta.time):
        about = Subject("deal", event.deal)
        notify(GIVEN, [event.owner], subject=about, url=f"/deals/{event.deal}", actor=meta.actor_id)


@on(DealStale)
def tell_that_it_stands_still(event: DealStale, meta: EventMeta) -> None:
    """Whoever has a deal is told that nothing happened for long."""
    deal = Deal.objects.filter(pk=event.deal).first()
    if deal is not None and deal.owner_id and is_news(meta.time):
        notify(STALE, [deal.owner_id], subject=Subject("deal", deal.pk), url=f"/deals/{deal.pk}")


@on(DealWon)
def leave_in_peace(event: DealWon, _meta: EventMeta) -> None:
    """What is won needs no notice."""
    settle("deal", event.deal)


@on(DealLost)
def leave_the_lost_in_peace(event: DealLost, _meta: EventMeta) -> None:
    """Nor does what is lost."""
    settle("deal", event.deal)


@on(DealDeleted)
def leave_the_gone_in_peace(event: DealDeleted, _meta: EventMeta) -> None:
    """Nor does what was thrown away."""
    settle("deal", event.deal)


@on(InteractionLogged)
def something_happened(event: InteractionLogged, meta: EventMeta) -> None:
    """Whoever calls a customer works his deals with him: they do not stand still."""
    customer_was_heard(event.party, by=meta.actor_id, at=meta.time)


@on(PartyCreated)
def somebody_is_new(event: PartyCreated, _meta: EventMeta) -> None:
    """A new customer whom nobody follows goes to whom the rules say."""
    give_newcomer(event.party)


@on(RelationshipAssigned)
def deals_go_along(event: RelationshipAssigned, meta: EventMeta) -> None:
    """The open deals with a customer follow him to whom he was given."""
    follow(event, meta, action="deal.follow", rows=_open_with, change=partial(change, what="follow"))


def _open_with(row: Relationship) -> QuerySet[Deal]:
    return Deal.objects.filter(relationship=row, state="open", deleted_at=None)
