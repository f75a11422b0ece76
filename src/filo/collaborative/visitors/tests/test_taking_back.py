"""What a customer takes back holds for every page that was kept of him, however he said it and in which browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.collaborative.visitors.models import PageView, Visitor
from filo.collaborative.visitors.services import begin_visit, recognise, set_history
from filo.collaborative.visitors.services.beginning import note_page, note_seen
from filo.foundation import clock
from filo.foundation.events.services import relay_batch
from filo.operational.consents.services import answer_consent
from filo.operational.parties.models import Party
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def his_browser(party: Party) -> Visitor:
    """One in which he agreed, and saw a page."""
    visitor = recognise(begin_visit(language="it")[0], party, way="mail")[0]
    set_history(visitor, agreed=True)
    note_page(visitor, "/p/shop", "Shop")
    return visitor


def hear_all() -> None:
    while relay_batch():
        pass


def test_what_a_colleague_notes_on_the_phone_reaches_what_was_kept(world: World) -> None:
    party = world.parties["own"]
    visitor, other = his_browser(party), his_browser(world.parties["southern"])
    answer_consent(world.principal("agent"), party, "marketing_mail", given=False, source="phone")
    hear_all()
    assert PageView.objects.filter(visitor=visitor).exists(), "that was about something else"
    answer_consent(world.principal("agent"), party, "page_visits", given=False, source="phone")
    hear_all()
    visitor.refresh_from_db()
    assert visitor.history is False
    assert [page.visitor for page in PageView.objects.all()] == [other]


def test_a_browser_that_was_away_for_long_is_his_in_this_too(world: World) -> None:
    party = world.parties["own"]
    visitor = his_browser(party)
    with clock.at(clock.now() + timedelta(hours=13)):
        visitor = Visitor.objects.get(pk=visitor.pk)
        note_seen(visitor)
        assert visitor.known is None
        answer_consent(world.principal("agent"), party, "page_visits", given=False, source="phone")
        note_page(visitor, "/p/kb", "Help")
        hear_all()
    assert not PageView.objects.exists()


def test_who_agrees_again_right_after_keeps_what_he_sees_from_then_on(world: World) -> None:
    party = world.parties["own"]
    visitor, now = his_browser(party), clock.now()
    with clock.at(now + timedelta(minutes=1)):
        answer_consent(world.principal("agent"), party, "page_visits", given=False, source="phone")
    with clock.at(now + timedelta(minutes=2)):
        set_history(visitor, agreed=True)
        note_page(visitor, "/p/kb", "Help")
    hear_all()
    visitor.refresh_from_db()
    assert visitor.history is True
    assert [page.path for page in PageView.objects.all()] == ["/p/kb"]
