"""A customer who takes a quote wins us the deal that it was made for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, NotFound
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.finding import seen_deal
from filo.operational.deals.services import win_deal
from filo.operational.quotes.models import Quote


def win_with_quote(principal: Principal, quote: Quote) -> Deal:
    """The deal of an accepted quote is won, and is worth what the quote comes to without VAT.

    A deal that was won already stays as it is. Raises `NotFound` (no deal that one sees), `Forbidden`, `DomainError`,
    `InvalidFields` (what its stage asks for).
    """
    if quote.state != "accepted":
        raise DomainError(_("The customer has not accepted this quote yet."), code="quote-not-accepted")
    if quote.deal_id is None:
        raise NotFound
    deal = seen_deal(principal, quote.deal_id)
    return win_deal(principal, deal, facts={"amount": quote.net, "currency": quote.currency})
