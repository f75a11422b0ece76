"""What a customer says on the page of his request is answered where all else is; who wants a person stands on top."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.services.from_pages import bring_over
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.working import set_state
from filo.collaborative.inbox.tests.letters import POST, comes_in, mailbox
from filo.foundation.access.principal import Principal
from filo.foundation.events.services import relay_batch
from filo.operational.service.models import Ticket
from filo.operational.service.services import open_ticket, say_on_page, want_person
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
CUSTOMER = Principal(kind="link", name="Mario Rossi")


def ticket_of(talk: Conversation) -> Ticket:
    assert talk.ticket is not None
    return talk.ticket


def wanted(talk: Conversation) -> bool:
    return Conversation.objects.get(pk=talk.pk).wants_person


def told() -> None:
    while relay_batch():
        pass


def test_what_he_adds_on_his_page_opens_the_talk_again_with_his_words(world: World) -> None:
    talk = comes_in(mailbox()).conversation
    set_state(world.principal("inside"), talk, "done")
    say_on_page(CUSTOMER, ticket_of(talk), "Ho trovato lo scontrino.")
    told()
    talk.refresh_from_db()
    assert (talk.state, talk.snippet, talk.messages_count) == ("open", "Ho trovato lo scontrino.", 2)
    page = client_of(world, "inside").get(f"/inbox/{talk.id}").content.decode()
    assert "Ho trovato lo scontrino." in page
    assert client_of(world, "inside").get(f"/tickets/{talk.ticket_id}").content.decode().count("lo scontrino") == 1


def test_told_twice_it_is_said_once(world: World) -> None:
    talk = comes_in(mailbox()).conversation
    say_on_page(CUSTOMER, ticket_of(talk), "Ho trovato lo scontrino.")
    for _turn in range(2):
        bring_over(POST, ticket_of(talk))
    assert Message.objects.filter(text="Ho trovato lo scontrino.").count() == 1


def test_who_wants_a_person_stands_on_top_until_one_answers(world: World) -> None:
    box = mailbox()
    talk = comes_in(box).conversation
    comes_in(box, subject="Dopo", name="Anna Neri", address="anna@example.it")
    client = client_of(world, "inside")
    want_person(CUSTOMER, ticket_of(talk), way="call", telephone="333 1234567")
    told()
    comes_in(box, subject="Ancora dopo", name="Ugo Blu", address="ugo@example.it")
    queue = client.get("/inbox/queue").content.decode()
    assert queue.index("Mario Rossi") < queue.index("Ugo Blu") < queue.index("Anna Neri")
    assert "333 1234567" in client.get(f"/inbox/{talk.id}").content.decode()
    assert "Mario Rossi" in client.get("/inbox/queue?box=person").content.decode()
    send_message(POST, talk, Answer("Ricevuto."), automatic=True)
    assert wanted(talk)
    leave(send_message(world.principal("inside"), talk, Answer("La chiamo subito.")).id)
    assert not wanted(talk)
    bring_over(POST, ticket_of(talk), wants_person=True)  # the event is told once more
    assert not wanted(talk)


def test_a_request_without_a_talk_gets_one_that_can_be_answered(world: World) -> None:
    mailbox()
    ticket = open_ticket(POST, subject="Anta rotta", contact_address="rossi@example.it", channel="phone")
    say_on_page(CUSTOMER, ticket, "Ecco la foto.")
    told()
    talk = Conversation.objects.get(ticket=ticket)
    sent = send_message(world.principal("inside"), talk, Answer("Grazie."))
    assert (sent.to, ticket.number in sent.subject) == (["rossi@example.it"], True)


def test_who_asks_a_person_from_the_knowledge_base_stands_on_top_with_his_question(world: World) -> None:
    cache.clear()
    mailbox()
    asked = {"subject": "Reso", "description": "Come faccio?", "name": "Ada Neri", "address": "ada@posta.example"}
    assert Client().post("/p/kb/ask", asked | {"telephone": "333 1234567"}).status_code == 302
    told()
    talk = Conversation.objects.get()
    assert (talk.wants_person, talk.state, talk.contact_name) == (True, "open", "Ada Neri")
    page = client_of(world, "operator").get(f"/inbox/{talk.id}").content.decode()
    assert ("Come faccio?" in page, "333 1234567" in page) == (True, True)
