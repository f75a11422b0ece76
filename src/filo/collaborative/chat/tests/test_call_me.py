"""A customer in a chat asks to be called, and a colleague who has everything before him calls."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.services import end_silent
from filo.collaborative.chat.tests.desk import OURS, begins, group_with, known_browser, place_for, there
from filo.foundation import clock
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
NUMBER = "+393331234567"


def asks(client: Client, **more: str) -> int:
    told = {"id": str(uuid4()), "place": "filo", "number": "333 1234567", "consent": "yes"} | more
    return client.post("/p/chat/call-me", told, headers=OURS).status_code


def staff(world: World, name: str) -> CheckedClient:
    client = CheckedClient()
    client.force_login(world.people[name])
    return client


def test_who_asks_to_be_called_is_called_with_a_click(world: World) -> None:
    place_for(group_with(world, "inside", "operator"))
    there(world, "inside")
    his, hers = known_browser(world.parties["own"]), staff(world, "inside")
    chat = begins(his, "Il pullover ha una taglia sola?")
    assert asks(his) == 201
    assert Chat.objects.get().pk == chat.pk, "the talk goes on: nothing is asked twice"
    said = his.get("/p/chat/now").json()["messages"]
    assert said[-1]["text"] == "Chiamatemi al +39 333 123 4567. Accetto di essere chiamato per questa richiesta."
    assert "Vuole essere chiamato" in hers.get("/chats").content.decode()
    assert f'href="tel:{NUMBER}"' not in hers.get(f"/chats/{chat.pk}").content.decode(), "who takes it calls"
    hers.post(f"/chats/{chat.pk}/take")
    page = hers.get(f"/chats/{chat.pk}").content.decode()
    assert f'href="tel:{NUMBER}" data-party="{world.parties["own"].pk}"' in page
    assert "Chiamato alle" in hers.post(f"/chats/{chat.pk}/called", headers={"HX-Request": "true"}).content.decode()
    assert not Chat.objects.get().wants_call


def test_a_stranger_without_a_chat_waits_until_he_is_called(world: World) -> None:
    place_for(group_with(world, "inside"))
    assert asks(Client(), name="Rita") == 201
    with clock.at(clock.now() + timedelta(hours=14)):
        assert end_silent() == 0, "nobody was there in the night"
    assert (Chat.objects.get().state, Chat.objects.get().call_number) == ("waiting", NUMBER)


def test_without_a_number_an_agreement_or_a_place_that_calls_nothing_is_asked(world: World) -> None:
    place = place_for(group_with(world, "inside"))
    assert [asks(Client(), number="abc"), asks(Client(), consent="")] == [422, 422]
    place.calls = False
    place.save()
    assert asks(Client()) == 404
    assert not Chat.objects.exists()


def test_a_known_customer_finds_number_and_address_filled_in_and_reads_that_a_call_comes(world: World) -> None:
    place_for(group_with(world, "inside"))
    party = world.parties["own"]
    party.contact_points.all().delete()
    party.contact_points.create(type="mobile", value=NUMBER, normalised=NUMBER)
    party.contact_points.create(type="email", value="m@r.example", normalised="m@r.example")
    his = known_browser(party)
    page = his.get("/p/chat/at/filo").content.decode()
    assert f'name="number" type="tel" inputmode="tel" autocomplete="tel" maxlength="40" value="{NUMBER}"' in page
    assert 'name="address" type="email" maxlength="320" value="m@r.example"' in page
    assert NUMBER not in Client().get("/p/chat/at/filo").content.decode()
    assert asks(his) == 201
    assert his.get("/p/chat/now").json()["call"] == "+39 333 123 4567"
