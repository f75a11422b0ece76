"""Who is at a browser: nobody who is in the bin, nobody again by a link of old, and never less than he has proved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.collaborative.visitors.models import PersonalLink, Recognition, Visitor
from filo.collaborative.visitors.queries.here import visitor_by_key
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import begin_visit, make_link, open_link, recognise, undo_recognition
from filo.collaborative.visitors.services.beginning import note_seen
from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.operational.parties.models import TimelineEntry
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


def test_who_it_was_not_is_not_known_again_by_the_same_link(world: World) -> None:
    link, client = make_link(world.parties["own"], "assistant"), Client()
    address = f"/p/open/assistant/{token_of(link)}"
    assert client.post(address).status_code == 302
    undo_recognition(world.principal("agent"), Recognition.objects.get())
    assert client.post(address).status_code == 410
    found = visitor_by_key(client.cookies["filo-visitor"].value)
    assert found is not None
    assert found.party is None


def test_taking_a_recognition_back_ends_no_link_of_others(world: World) -> None:
    party, his = world.parties["own"], Client()
    link = make_link(party, "assistant")
    his.post(f"/p/open/assistant/{token_of(link)}")
    undo_recognition(
        world.principal("agent"),
        Recognition.objects.create(visitor=somebody(), party=party, at=clock.now(), way="link"),
    )
    assert his.post(f"/p/open/assistant/{token_of(link)}").status_code == 302


def test_who_only_said_who_he_is_and_then_proves_it_is_told_of(world: World) -> None:
    party = world.parties["own"]
    visitor = recognise(somebody(), party, way="order")[0]
    told = OutboxEvent.objects.filter(type="visitor.recognised").count()
    visitor = recognise(visitor, party, way="mail")[0]
    assert OutboxEvent.objects.filter(type="visitor.recognised").count() == told + 1
    assert TimelineEntry.objects.filter(party=party, kind="visitor.recognised").count() == 1
    assert Recognition.objects.get(visitor=visitor).way == "mail"
    recognise(visitor, party, way="mail")
    assert OutboxEvent.objects.filter(type="visitor.recognised").count() == told + 1, "once"


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
