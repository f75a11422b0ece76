"""A chat is seen by who may read its conversation, at every door; who may not does not learn that there is one."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from filo.collaborative.chat.tests.desk import begins, group_with, known_browser, place_for
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
READ = ("", "/news", "/around", "/live", "/counter")
DONE = ("/say", "/sign", "/take", "/pass", "/end", "/live/ask", "/live/field", "/serve")


def staff(world: World, name: str) -> CheckedClient:
    client = CheckedClient()
    client.force_login(world.people[name])
    return client


def test_who_may_not_read_the_conversation_finds_no_door(world: World) -> None:
    place_for(group_with(world, "inside"))
    chat = begins(known_browser(world.parties["own"]), "Una domanda riservata")
    stranger = staff(world, "stranger")
    for door in READ:
        assert stranger.get(f"/chats/{chat.pk}{door}").status_code == 404, door
    for door in DONE:
        sent = {"id": str(uuid4()), "text": "x", "what": "typing", "to": f"person:{world.people['inside'].pk}"}
        assert stranger.post(f"/chats/{chat.pk}{door}", sent).status_code == 404, door
    for door in ("/chats", "/chats/lists"):
        assert "Una domanda riservata" not in stranger.get(door).content.decode()
        assert "Una domanda riservata" in staff(world, "inside").get(door).content.decode()


def test_the_anonymous_are_sent_to_the_door(world: World) -> None:
    place_for(group_with(world, "inside"))
    chat = begins(known_browser(world.parties["own"]))
    for door in READ:
        assert Client().get(f"/chats/{chat.pk}{door}")["Location"].startswith("/login")
