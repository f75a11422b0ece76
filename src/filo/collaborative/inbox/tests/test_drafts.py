"""What is half written comes back on any machine until it is sent, and is nobody else's to read."""

from __future__ import annotations

import pytest

from filo.collaborative.inbox.models import Conversation, Draft, DraftFile, Message
from filo.collaborative.inbox.services.meanwhile import AnsweredMeanwhile
from filo.collaborative.inbox.services.moving import merge
from filo.collaborative.inbox.services.recall import call_back
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.foundation.files.services import store_file
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(world: World) -> Conversation:
    return comes_in(mailbox()).conversation


def keep(world: World, talk: Conversation, text: str, *, person: str = "inside", kind: str = "answer") -> int:
    return client_of(world, person).post(f"/inbox/{talk.id}/draft", {"kind": kind, "text": text}).status_code


def page(world: World, talk: Conversation, person: str = "inside") -> str:
    return client_of(world, person).get(f"/inbox/{talk.id}").content.decode()


def test_it_comes_back_on_another_machine_and_to_nobody_else(world: World, talk: Conversation) -> None:
    assert keep(world, talk, "Gentile signor Ro") == 204
    assert keep(world, talk, "Gentile signor Rossi,") == 204
    assert "Gentile signor Rossi,</textarea>" in page(world, talk)
    assert "Gentile" not in page(world, talk, "operator")
    assert 'data-mean="info"' in client_of(world, "inside").get("/inbox").content.decode()
    assert Draft.objects.count() == 1


def test_what_is_emptied_is_kept_no_more(world: World, talk: Conversation) -> None:
    keep(world, talk, "Gentile")
    keep(world, talk, "  ")
    assert not Draft.objects.exists()


def test_sent_it_is_gone_also_when_the_page_sends_its_last_words_late(world: World, talk: Conversation) -> None:
    keep(world, talk, "Costa 40 euro.")
    keep(world, talk, "da verificare", kind="note")
    client_of(world, "inside").post(f"/inbox/{talk.id}/answer", {"text": "Costa 40 euro."})
    keep(world, talk, "Costa 40 euro.\n")
    assert [draft.kind for draft in Draft.objects.all()] == ["note"]
    client_of(world, "inside").post(f"/inbox/{talk.id}/note", {"text": "da verificare"})
    assert not Draft.objects.exists()


def test_what_is_called_back_is_a_draft_again(world: World, talk: Conversation) -> None:
    inside = world.principal("inside")
    call_back(inside, send_message(inside, talk, Answer("Costa 40 euro.", cc=["moglie@example.it"])))
    found = Draft.objects.get()
    assert (found.text, found.cc, Message.objects.count()) == ("Costa 40 euro.", "moglie@example.it", 1)


def test_files_of_what_is_called_back_go_with_it_when_it_is_sent_again(world: World, talk: Conversation) -> None:
    inside, client = world.principal("inside"), client_of(world, "inside")
    stored = [(row.id, row.name) for row in (store_file(b"uno", name="uno.txt"), store_file(b"due", name="due.txt"))]
    call_back(inside, send_message(inside, talk, Answer("Ecco i due.", files=stored)))
    keep(world, talk, "")  # emptied to be written anew: the files stay
    first = DraftFile.objects.get(name="uno.txt")
    assert "due.txt" in page(world, talk)
    client.post(f"/inbox/{talk.id}/answer", {"text": "Ecco il primo.", "kept": [str(first.id)]})
    sent = Message.objects.get(direction="out")
    assert [row.name for row in sent.files.all()] == ["uno.txt"]
    assert not Draft.objects.exists()


def test_what_was_begun_goes_with_the_talk_that_is_joined(world: World, talk: Conversation) -> None:
    other = comes_in(mailbox("altra@aurora.example"), subject="Altra").conversation
    keep(world, talk, "Gentile signor Rossi,")
    keep(world, talk, "Sua", person="operator")
    keep(world, other, "Già iniziata", person="operator")
    merge(world.principal("inside"), talk, other)
    assert "Gentile signor Rossi,</textarea>" in page(world, other)
    assert "Già iniziata</textarea>" in page(world, other, "operator")


def test_who_may_not_answer_keeps_nothing(world: World, talk: Conversation) -> None:
    assert keep(world, talk, "Gentile", person="boss") == 403
    assert keep(world, talk, "Gentile", person="stranger") == 404
    assert keep(world, talk, "Gentile", kind="other") == 404


def test_a_colleague_who_answered_meanwhile_is_told_before_it_leaves(world: World, talk: Conversation) -> None:
    seen = str(talk.messages.get().id)
    send_message(world.principal("operator"), talk, Answer("Costa 40 euro."))
    client = client_of(world, "inside")
    refused = client.post(f"/inbox/{talk.id}/answer", {"text": "Costa 45 euro.", "seen": seen})
    words = refused.content.decode()
    assert (refused.status_code, world.people["operator"].name in words) == (422, True)
    assert "Costa 45 euro.</textarea>" in words
    assert Message.objects.filter(direction="out").count() == 1
    last = str(Message.objects.latest("id").id)
    assert f'name="seen" value="{last}"' in words
    assert client.post(f"/inbox/{talk.id}/answer", {"text": "Costa 45 euro.", "seen": last}).status_code == 302
    assert Message.objects.filter(direction="out").count() == 2


def test_ones_own_answer_and_a_machines_warn_nobody(world: World, talk: Conversation) -> None:
    inside, seen = world.principal("inside"), talk.messages.get().id
    send_message(inside, talk, Answer("Costa 40 euro."))
    send_message(world.principal("operator"), talk, Answer("Ricevuto."), automatic=True)
    send_message(inside, talk, Answer("Anzi, 45."), seen=seen)
    with pytest.raises(AnsweredMeanwhile):
        send_message(world.principal("operator"), talk, Answer("50"), seen=seen)
