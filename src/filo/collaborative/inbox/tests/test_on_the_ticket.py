"""What was said about a request stands on its page, also what belongs to one that was merged into it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.operational.service.models import Ticket
from filo.operational.service.services import merge_tickets, open_ticket
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
POST = system("mail")


def talk_about(ticket: Ticket, words: str) -> Conversation:
    moment = clock.now()
    found = Conversation.objects.create(
        subject=ticket.subject, ticket=ticket, contact_address="rossi@example.com", last_at=moment, started_at=moment
    )
    Message.objects.create(
        conversation=found, direction="in", at=moment, created_at=moment, from_address="rossi@example.com", text=words
    )
    return found


def test_its_page_shows_what_was_said_and_leads_to_the_answer(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    first, second = open_ticket(POST, subject="Anta"), open_ticket(POST, subject="Ancora l’anta")
    talks = [talk_about(first, "Si è rotta l’anta."), talk_about(second, "È sempre rotta.")]
    merge_tickets(POST, second, into=first)
    page = client_of("operator").get(f"/tickets/{first.id}").content.decode()
    for talk, words in zip(talks, ("Si è rotta l’anta.", "È sempre rotta."), strict=True):
        assert words in page
        assert f'href="/inbox/{talk.id}"' in page


def test_a_number_typed_in_the_inbox_finds_its_talk(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    ticket, other = open_ticket(POST, subject="Anta"), open_ticket(POST, subject="Fodera")
    for found in (ticket, other):
        talk_about(found, "…")
    page = client_of("operator").get(f"/inbox?q={ticket.number}").content.decode()
    assert ("Anta" in page, "Fodera" in page) == (True, False)
