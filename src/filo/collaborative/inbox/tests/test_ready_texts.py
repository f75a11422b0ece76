"""Texts kept ready are filled in for the customer who is answered; what there is nothing for is named."""

from __future__ import annotations

import pytest

from filo.collaborative.inbox.models import Snippet
from filo.collaborative.inbox.ready import ready_texts
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.operational.service.models import Ticket
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
TEXT = "{{ customer.name }}, {{ request.number }} «{{ request.subject }}»: {{ request.page }} ({{ me.name }})"


def test_with_the_customer_and_his_request(world: World) -> None:
    talk, inside = comes_in(mailbox(), subject="Anta rotta").conversation, world.principal("inside")
    found = ready_texts([Snippet(code="stato", title="Stato", text_it=TEXT)], talk, inside)[0]
    number = Ticket.objects.get().number
    assert found.text.startswith(f"Mario Rossi, {number} «Anta rotta»: http")
    assert found.text.endswith(f"({inside.name})")
    assert found.missing == ""


def test_what_there_is_nothing_for_is_named(world: World) -> None:
    own = mailbox("agente@aurora.example", owner=world.people["agent"])
    talk = comes_in(own, address="friend@example.it").conversation
    found = ready_texts([Snippet(code="stato", title="Stato", text_it=TEXT)], talk, world.principal("agent"))[0]
    assert (found.text, found.missing) == (TEXT, "request.number")


def test_the_preview_shows_what_a_customer_of_ours_would_read(world: World) -> None:
    talk = comes_in(mailbox()).conversation
    client = client_of(world, "inside")
    typed = {"text_it": "Gentile {{ customer.name }}", "text_en": "Dear {{ customer.nome }}", "as": str(talk.id)}
    talk.party = world.parties["own"]
    talk.save()
    page = client.post("/inbox/texts/preview", typed).content.decode()
    assert f"Gentile {world.parties['own'].display_name}" in page
    assert "customer.nome" in page
    assert (
        world.parties["own"].display_name
        not in client_of(world, "stranger").post("/inbox/texts/preview", typed).content.decode()
    )
