"""The other conversation is chosen among those one may answer, the same customer's first."""

from __future__ import annotations

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.others import others_like
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.operational.service.models import Ticket
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(world: World) -> Conversation:
    box = mailbox()
    comes_in(box, subject="Divano in lino", address="anna@example.it", name="Anna Neri")
    comes_in(box, subject="Divano in pelle")
    comes_in(mailbox("agente@aurora.example", owner=world.people["agent"]), subject="Divano privato")
    return comes_in(box, subject="Tavolo").conversation


def subjects(found: list[Conversation]) -> list[str]:
    return [one.subject for one in found]


def test_without_words_it_is_the_same_customers(world: World, talk: Conversation) -> None:
    assert subjects(others_like(world.principal("inside"), talk)) == ["Divano in pelle"]


def test_words_find_subjects_and_names_and_the_same_customers_come_first(world: World, talk: Conversation) -> None:
    inside = world.principal("inside")
    assert subjects(others_like(inside, talk, "divano")) == ["Divano in pelle", "Divano in lino"]
    assert subjects(others_like(inside, talk, "neri")) == ["Divano in lino"]
    number = Ticket.objects.get(subject="Divano in lino").number
    assert subjects(others_like(inside, talk, number)) == ["Divano in lino"]


def test_who_may_only_read_is_offered_nothing(world: World, talk: Conversation) -> None:
    assert others_like(world.principal("boss"), talk, "divano") == []


def test_one_chooses_and_they_are_one(world: World, talk: Conversation) -> None:
    client = client_of(world, "inside")
    page = client.get(f"/inbox/{talk.id}/others?q=divano").content.decode()
    other = Conversation.objects.get(subject="Divano in pelle")
    assert f'data-choose="{other.id}"' in page
    assert "Divano privato" not in page
    assert f'value="{other.id}"' in client.get(f"/inbox/{talk.id}/others").content.decode()
    answer = client.post(f"/inbox/{talk.id}/join", {"chosen": str(other.id)})
    assert answer["Location"] == f"/inbox/{other.id}"
    assert other.messages.count() == 2
    assert client.post(f"/inbox/{other.id}/join", {"chosen": ""}).status_code == 422


def test_from_a_message_on_by_its_own_button(world: World) -> None:
    box = mailbox()
    talk = comes_in(box).conversation
    second = comes_in(box, "E un tavolo?", subject="Re: Informazioni")
    client = client_of(world, "inside")
    asked = {"from": str(second.id), "subject": "Tavolo", "ticket": "new"}
    client.post(f"/inbox/{talk.id}/part", asked)
    fresh = Conversation.objects.get(subject="Tavolo")
    assert [message.text for message in Message.objects.filter(conversation=fresh)] == ["E un tavolo?"]
    assert fresh.ticket is not None
    page = client.get(f"/inbox/{fresh.id}/changes").content.decode()
    assert "/operations/" in page
    assert client.post(f"/inbox/{talk.id}/part", asked).status_code >= 400  # it is not there any more
