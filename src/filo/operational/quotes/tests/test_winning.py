"""The deal of an accepted quote is won in one click, with what the quote comes to; until then its owner is reminded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation.errors import DomainError, Forbidden
from filo.operational.deals.models import Deal
from filo.operational.deals.tests.floor import Floor, floor_of
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services import draft_quote, send_quote, win_with_quote
from filo.operational.quotes.tests.desk import Desk
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def floor(desk: Desk) -> Floor:
    return floor_of(desk.world)


@pytest.fixture
def sent(desk: Desk, floor: Floor) -> Quote:
    """Two shirts, 100.00 without VAT, for a deal that was thought to be worth 1000.00."""
    agent = desk.principal()
    deal = floor.open()
    quote = draft_quote(agent, party=desk.world.parties["own"], deal=deal, lines=[desk.line("shirt", "2")], facts={})
    return send_quote(agent, quote)


def deal_of(quote: Quote) -> Deal:
    return Deal.objects.get(pk=str(quote.deal_id))


def test_the_page_of_the_deal_and_of_the_quote_offer_it(desk: Desk, sent: Quote, client_of: ClientOf) -> None:
    agent, win = client_of("agent"), f'action="/quotes/{sent.id}/win-deal"'
    pages = (f"/deals/{sent.deal_id}", f"/quotes/{sent.id}")
    assert [win in agent.get(page).content.decode() for page in pages] == [False, False]
    desk.accepted(sent)
    assert [win in agent.get(page).content.decode() for page in pages] == [True, True]
    assert agent.post(f"/quotes/{sent.id}/win-deal").status_code == 302
    deal = deal_of(sent)
    assert (deal.state, deal.amount, deal.currency) == ("won", Decimal("100.00"), "EUR")
    assert [win in agent.get(page).content.decode() for page in pages] == [False, False]


def test_who_may_not_work_the_deal_does_not_win_it(desk: Desk, sent: Quote, client_of: ClientOf) -> None:
    desk.accepted(sent)
    assert client_of("teammate").post(f"/quotes/{sent.id}/win-deal").status_code == 404
    with pytest.raises(Forbidden):
        win_with_quote(desk.principal("operator"), Quote.objects.get(pk=sent.pk))
    assert deal_of(sent).state == "open"


def test_what_nobody_accepted_wins_nothing(desk: Desk, sent: Quote) -> None:
    with pytest.raises(DomainError):
        win_with_quote(desk.principal(), sent)
    assert deal_of(sent).amount == 1000
