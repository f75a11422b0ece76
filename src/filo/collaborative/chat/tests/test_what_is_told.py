"""What colleagues read of a chat: pages by their titles, no key that would make them the customer, who did what."""

from __future__ import annotations

import pytest
from django.test import Client

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.queries.talk import transcript
from filo.collaborative.chat.services import end_chat, take_chat
from filo.collaborative.chat.services.looking_card import offer_page
from filo.collaborative.chat.services.saying import operator_says
from filo.collaborative.chat.tests.desk import begins, group_with, known_browser, place_for, there
from filo.collaborative.inbox.shown_text import without_keys
from filo.collaborative.visitors.queries.links import address_of_link
from filo.collaborative.visitors.services import make_link
from filo.foundation.access.principal import system
from filo.foundation.ids import uuid7
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.timeline_kinds import told
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def his(world: World) -> Client:
    place_for(group_with(world, "inside"))
    there(world, "inside")
    return known_browser(world.parties["own"])


@pytest.fixture
def chat(world: World, his: Client) -> Chat:
    return take_chat(world.principal("inside"), begins(his, "Ci siete?"))


@pytest.fixture
def hers(world: World) -> CheckedClient:
    client = CheckedClient()
    client.force_login(world.people["inside"])
    return client


def test_a_page_that_was_shown_stands_by_its_title(world: World, hers: CheckedClient, chat: Chat) -> None:
    offer_page(world.principal("inside"), chat, "Nuova collezione", "/p/shop/find?c=.eJyL:1x:abc")
    chat.conversation.refresh_from_db()
    assert chat.conversation.snippet == "Nuova collezione"
    assert ".eJyL" not in hers.get("/chats").content.decode()
    assert ".eJyL" not in hers.get(f"/inbox/{chat.conversation_id}").content.decode()
    assert transcript(chat).endswith("Nuova collezione")


def test_no_colleague_reads_the_key_of_a_personal_link(
    world: World, his: Client, hers: CheckedClient, chat: Chat
) -> None:
    link = address_of_link(make_link(world.parties["own"], "assistant", {}))
    key = link.rsplit("/", 1)[1]
    operator_says(world.principal("inside"), chat, uuid7(), f"Apra {link} quando vuole")
    assert link in his.get("/p/chat/now").json()["messages"][-1]["text"], "the customer has it whole"
    end_chat(system("chat"), chat, by="operator")
    card = f"/parties/{world.parties['own'].pk}"
    talk = f"/inbox/{chat.conversation_id}"
    for address in (f"/chats/{chat.pk}", talk, card, "/inbox?box=all", f"/tickets/{chat.conversation.ticket_id}"):
        assert key not in hers.get(address).content.decode(), address
    assert "/p/open/assistant/…" in hers.get(talk).content.decode()
    api = api_of(world, "inside").ask("GET", f"/conversations/{chat.conversation_id}").content.decode()
    assert "/p/open/assistant/…" in api
    assert key not in api


def test_links_that_open_something_else_stay_whole() -> None:
    assert without_keys("http://a.example/p/order/abc:1x:def e poi") == "http://a.example/p/order/abc:1x:def e poi"
    assert without_keys('<a href="/p/open/assistant/abc:1x">') == '<a href="/p/open/assistant/…">'


def test_the_card_says_who_spoke_with_whom(world: World, chat: Chat) -> None:
    operator_says(world.principal("inside"), chat, uuid7(), "Buongiorno")
    end_chat(system("chat"), chat, by="operator")
    entry = TimelineEntry.objects.get(party=world.parties["own"], kind="message.chat")
    assert told([entry])[0].what == "ha parlato con il cliente in chat"
    entry.actor_id = None
    assert told([entry])[0].what == "ha parlato con noi in chat"
