"""The order of an accepted quote writes to whom the quote was sent, and reminds of its deal."""

from __future__ import annotations

import pytest

from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.operational.deals.tests.floor import floor_of
from filo.operational.orders.services import confirm_order, order_from_quote
from filo.operational.parties.models import ContactPoint
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services import draft_quote, send_quote, win_with_quote
from filo.operational.quotes.tests.desk import Desk, desk_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of(world)


def ordered(desk: Desk, quote: Quote) -> str:
    """Where mails of its order go."""
    return order_from_quote(desk.principal(), desk.accepted(quote)).mail_to


def test_where_the_quote_was_sent_the_order_is_confirmed(desk: Desk) -> None:
    quote = send_quote(desk.principal(), desk.draft(), to="acquisti@bassi.example")
    assert ordered(desk, quote) == "acquisti@bassi.example"


def test_a_quote_handed_over_makes_an_order_that_writes_to_its_contact_person(desk: Desk) -> None:
    anna = desk.world.parties["contact"]
    ContactPoint.objects.create(party=anna, type="email", value="anna@bassi.example", normalised="anna@bassi.example")
    assert ordered(desk, desk.sent(contact_id=anna.pk)) == "anna@bassi.example"


def test_else_to_the_customer(desk: Desk) -> None:
    assert ordered(desk, desk.sent()) == "info@lanificio.example"


def test_whoever_has_the_deal_hears_that_it_is_still_open(desk: Desk) -> None:
    agent, deal = desk.principal(), floor_of(desk.world).open()
    quote = draft_quote(agent, party=desk.world.parties["own"], deal=deal, lines=[desk.line()], facts={})
    order = order_from_quote(agent, desk.accepted(send_quote(agent, quote)))
    confirm_order(agent, order, short="wait")
    relay_batch()
    told = Notice.objects.get(kind="order.deal-open")
    assert (told.person_id, told.url) == (agent.user_id, f"/deals/{deal.pk}")


def test_nobody_is_reminded_of_a_deal_that_is_won(desk: Desk) -> None:
    agent, deal = desk.principal(), floor_of(desk.world).open()
    quote = draft_quote(agent, party=desk.world.parties["own"], deal=deal, lines=[desk.line()], facts={})
    order = order_from_quote(agent, desk.accepted(send_quote(agent, quote)))
    win_with_quote(agent, Quote.objects.get(pk=quote.pk))
    confirm_order(agent, order, short="wait")
    relay_batch()
    assert not Notice.objects.filter(kind="order.deal-open").exists()
