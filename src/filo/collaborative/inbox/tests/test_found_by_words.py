"""What was said is found by its words, in the search of the house, by those who may read it."""

from __future__ import annotations

import pytest

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.services.notes import add_note
from filo.collaborative.inbox.services.recall import call_back
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.foundation.privacy.registry import kept_kinds
from filo.foundation.search.filling import fill_anew
from filo.foundation.search.models import SearchNote
from filo.foundation.search.sources import lines_with
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(world: World) -> Conversation:
    return comes_in(mailbox(), "La cerniera è cigolante.", subject="Anta del mobile").conversation


def found(world: World, person: str, words: str) -> list[str]:
    return [one.text for one in lines_with(world.principal(person), words, limit=10) if one.kind == "message"]


def test_by_subject_and_words_of_mails_answers_and_notes(world: World, talk: Conversation) -> None:
    inside = world.principal("inside")
    send_message(inside, talk, Answer("Mandiamo il ricambio zincato."))
    add_note(inside, talk, "Sentito il magazziniere.")
    for words in ("cerniere cigolanti", "mobili", "zincato", "magazziniere"):
        assert len(found(world, "operator", words)) == 1, words
    assert found(world, "stranger", "cigolante") == []
    page = client_of(world, "operator").get("/search?q=cigolante").content.decode()
    assert f"/inbox/{talk.id}#m-" in page


def test_personal_mail_is_found_by_its_owner_alone(world: World) -> None:
    comes_in(mailbox("agente@aurora.example", owner=world.people["agent"]), "Ci vediamo alla bocciofila?")
    assert len(found(world, "agent", "bocciofila")) == 1
    assert found(world, "admin", "bocciofila") == []


def test_what_was_called_back_or_is_kept_no_longer_is_not_found(world: World, talk: Conversation) -> None:
    inside = world.principal("inside")
    call_back(inside, send_message(inside, talk, Answer("Mandiamo il ricambio zincato.")))
    assert found(world, "operator", "zincato") == []
    kept_kinds()["conversations"].purge([talk.pk])
    assert not SearchNote.objects.filter(kind="message").exists()


def test_words_are_made_anew_from_what_was_said(world: World, talk: Conversation) -> None:
    SearchNote.objects.filter(kind="message").delete()
    fill_anew(lambda _kind, _done, _of: None)
    assert len(found(world, "operator", "cigolante")) == 1
