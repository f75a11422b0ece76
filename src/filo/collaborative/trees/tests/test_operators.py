"""Colleagues walk trees beside a request or a conversation, and keep the way as a note."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.trees.models import TreeWalk
from filo.collaborative.trees.tests.drawing import drawn, told
from filo.foundation.access.principal import system
from filo.operational.service.models import Ticket, TicketNote
from filo.operational.service.services import open_ticket
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
Clients = Callable[[str], CheckedClient]
MACHINE, PART = system("test"), {"HX-Request": "true"}


def ticket(subject: str = "Il corriere ha rotto tutto") -> Ticket:
    return open_ticket(MACHINE, subject=subject, contact_address="ada@example.it")


def test_the_likeliest_tree_is_offered_beside_a_request(client_of: Clients) -> None:
    told()
    texts = {"it": {"title": "Altro"}}
    told(
        code="altro", name="AAA", texts=texts, start="m1", nodes=[{"id": "m1", "kind": "message", "text": {"it": "!"}}]
    )
    found, client = ticket(), client_of("operator")
    address = f"/trees/walks?about=ticket%3A{found.pk}"
    assert address in client.get(f"/tickets/{found.pk}").content.decode()
    part = client.get(address, headers=PART).content.decode()
    assert part.index("Pacco") < part.index("AAA")


def test_it_is_walked_and_the_way_becomes_a_note(client_of: Clients) -> None:
    tree, found, client = told(), ticket(), client_of("operator")
    about = f"?about=ticket%3A{found.pk}"
    first = client.post(f"/trees/walks{about}", {"tree": str(tree.pk)})["Location"]
    second = client.post(first, {"answer": "a1"})["Location"]
    last = client.post(second, {"answer": "a2"})["Location"]
    assert "Apriamo una richiesta." in client.get(last, headers=PART).content.decode()
    answer = client.post(last.replace("?", "/keep?"), headers=PART)
    assert 'role="status"' in answer.content.decode()
    note = TicketNote.objects.get(ticket=found)
    assert not note.public
    assert "Che cosa è successo? → Rotto" in note.text
    assert TreeWalk.objects.get().channel == "staff"


def test_beside_a_conversation_too(client_of: Clients) -> None:
    tree, client = told(), client_of("operator")
    visitor = client_of("operator")
    visitor.post("/p/kb/ask", {"subject": "Rotto", "name": "Ada", "address": "ada@example.it"})
    talk = Conversation.objects.get()
    about = f"?about=conversation%3A{talk.pk}"
    first = client.post(f"/trees/walks{about}", {"tree": str(tree.pk)})["Location"]
    last = client.post(first, {"answer": "a2"})["Location"]
    client.post(last.replace("?", "/helped?"), {"helped": "yes"})
    client.post(last.replace("?", "/keep?"))
    assert "→ Tardi" in Message.objects.get(conversation=talk, kind="note").text
    assert TreeWalk.objects.get().helped


def test_what_one_does_not_see_is_not_there(client_of: Clients, world: World) -> None:
    tree, found = told(), ticket()
    agent = client_of("agent")
    assert agent.get(f"/trees/walks?about=ticket%3A{found.pk}").status_code == 404
    for about in ("ticket:1", "ticket:", "party:1", "x", "ticket:01a2019c-7fd7-7c53-bc80-8be9dfea212e"):
        assert agent.get("/trees/walks", {"about": about}).status_code == 404
    first = agent.post("/trees/walks", {"tree": str(tree.pk)})["Location"]
    assert agent.get(first).status_code == 200
    assert agent.post(f"{first}/keep").status_code == 404
    assert agent.post("/trees/walks", {"tree": str(drawn(code="bozza").pk)}).status_code == 404


def test_what_customers_walk_is_not_opened_by_colleagues(client_of: Clients) -> None:
    told()
    client = client_of("operator")
    first = client.post("/p/guide/pacco")["Location"]
    assert client.get(first.replace("/p/guide/pacco", "/trees/walks")).status_code == 404
