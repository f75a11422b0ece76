"""What was proposed to customers lately, and what came of it."""

from __future__ import annotations

from datetime import timedelta

from filo.config.demo.company import Company
from filo.foundation import clock
from filo.foundation.accounts.queries import principal_of
from filo.operational.offers.models import Offer
from filo.operational.offers.queries.picking import picks_for
from filo.operational.offers.services import close_offer, make_offer
from filo.operational.orders.models import Order
from filo.operational.parties.queries.find import tie_with

HOW_MANY, MOST_OF_ONE = 8, 3
CHANNELS, OUTCOMES = ("phone", "visit", "mail", "chat"), ("accepted", "refused", "accepted", "open")


def tell_offers(company: Company) -> None:
    """A few, to customers who ordered, where there are none yet."""
    if Offer.objects.exists():
        return
    principal = principal_of(company.people["direzione"])
    rows = Order.objects.exclude(state__in=("draft", "cancelled")).order_by("party_id").select_related("party")
    parties = list({order.party_id: order.party for order in rows}.values())[:HOW_MANY]
    for number, party in enumerate(parties):
        tie = tie_with(party, None)
        with clock.at(clock.now() - timedelta(days=3 * number + 2)):
            picks = picks_for(principal, party, tie.company if tie else None)[:MOST_OF_ONE]
            if not picks:
                continue
            offer = make_offer(
                principal,
                party,
                variants=[one.variant_id for one in picks],
                channel=CHANNELS[number % len(CHANNELS)],
                valid_until=clock.today() + timedelta(days=30),
            )
        with clock.at(clock.now() - timedelta(days=3 * number + 1)):
            close_offer(principal, offer, OUTCOMES[number % len(OUTCOMES)])
