"""Who is at a browser: nobody who is in the bin, nobody again by a link of old, and never less than he has proved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.collaborative.visitors.models import PersonalLink, Visitor
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import begin_visit, make_link, open_link, recognise
from filo.collaborative.visitors.services.beginning import note_seen
from filo.foundation import clock
from filo.operational.parties.services.editing import delete_party
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def somebody() -> Visitor:
    return begin_visit(language="it")[0]


def again(visitor: Visitor) -> Visitor:
    return Visitor.objects.get(pk=visitor.pk)


def test_nobody_is_known_whose_card_is_in_the_bin(world: World) -> None:
    party = world.parties["own"]
    link, visitor = make_link(party, "assistant"), recognise(somebody(), party, way="mail")[0]
    delete_party(world.principal("admin"), party)
    assert again(visitor).known is None
    assert again(visitor).signed_in is None
    assert open_link(PersonalLink.objects.get(pk=link.pk), somebody()).refused == "late"
    assert Client().post(f"/p/open/assistant/{token_of(link)}").status_code == 410


def test_a_page_that_reports_late_takes_no_sign_in_away(world: World) -> None:
    party, visitor = world.parties["own"], recognise(somebody(), world.parties["own"], way="mail")[0]
    with clock.at(clock.now() + timedelta(hours=13)):
        note_seen(again(visitor))
        assert again(visitor).proof == "said"
    for hours in (14, 28):  # the second time his browser still counts as signed in, until somebody looks
        with clock.at(clock.now() + timedelta(hours=hours)):
            late = again(visitor)
            recognise(again(visitor), party, way="mail")
            note_seen(late)
            assert again(visitor).signed_in == party
