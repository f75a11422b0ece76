"""The assistant knows what was asked by mail, asks what is missing, learns, proposes what is there, and says why."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client
from django.utils import translation

from filo.collaborative.answers.ways import way_for
from filo.collaborative.assistant.models import Assisted, SectionRule, SectionSeen
from filo.collaborative.assistant.queries.known import known_of
from filo.collaborative.assistant.queries.proposing import proposals_for
from filo.collaborative.assistant.queries.sections import is_held_out, uplifts
from filo.collaborative.assistant.queries.shelving import opening_of
from filo.collaborative.assistant.queries.topics import topic_of
from filo.collaborative.assistant.services import learn_from, note_ordered, note_section, tell_assistant
from filo.collaborative.chat.tests.desk import begins, group_with, place_for
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.collaborative.shop.queries.shelves import shelf_of
from filo.collaborative.shop.tests.stall import COAT, Stall
from filo.collaborative.visitors.models import PersonalLink
from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Stock
from filo.operational.consents.services import answer_consent
from filo.operational.parties.models import Party
from filo.operational.profile.queries import trait_values
from filo.operational.profile.services.learning import learn
from filo.testing.world import World

pytestmark = pytest.mark.django_db
HIS = "mario.rossi@example.it"


def opened_by(client: Client, link: str) -> Client:
    """He opens the link of his mail, and its page presses its button."""
    client.post(f"/p/{link.partition('/p/')[2]}")
    return client


@pytest.fixture
def mario(stall: Stall) -> Party:
    return stall.mail_of("own", HIS)


def test_words_that_name_goods_are_the_topic_and_others_are_not(stall: Stall) -> None:
    asked = topic_of("Vorrei informazioni sulla giacca in offerta speciale nel mese di maggio")
    assert (asked.words, asked.offers) == ("giacca", True)
    assert topic_of("Quando aprite domani?").words == ""


@pytest.mark.parametrize(("language", "begins_with"), [("it", "Buongiorno"), ("en", "Good day")])
def test_the_first_sentence_is_in_the_customers_language(stall: Stall, language: str, begins_with: str) -> None:
    place_for(group_with(stall.world, "operator"))
    chat = begins(Client(headers={"accept-language": language}))
    with translation.override("it"):  # the colleague's
        assert opening_of(chat, known_of(None), proposed=False).startswith(begins_with)


@pytest.mark.parametrize("text", ["Avete giacche in sconto?", "Le giacche, per favore", "Is there a lampada for sale?"])
def test_goods_are_known_in_another_form_of_their_name(stall: Stall, text: str) -> None:
    assert topic_of(text).words in ("giacca", "lampada")


def test_the_link_in_the_answer_leads_to_an_assistant_that_knows(stall: Stall, mario: Party) -> None:
    mail = comes_in(mailbox("info@aurora.example"), "Vorrei la giacca in offerta", address=HIS)
    way = way_for(mail.conversation, mail)
    assert way is not None
    page = opened_by(Client(), way.link).get("/p/assistant").content.decode()
    assert "giacca" in page
    assert page.count("<legend>") == 2, "size and colours are asked, and nothing else"
    assert PersonalLink.objects.get().context["conversation"] == str(mail.conversation_id)


def test_nobody_whose_address_is_not_proved_gets_a_personal_link(stall: Stall) -> None:
    mail = comes_in(mailbox("info@aurora.example"), "Vorrei la giacca", address="chi@sa.example", caution="Forged?")
    assert way_for(mail.conversation, mail) is None
    assert not PersonalLink.objects.exists()


def test_what_is_known_is_not_asked_and_a_guess_is(stall: Stall, mario: Party) -> None:
    learn(system("demo"), mario, "size", "l", source="order", confidence=0.6)
    visitor = stall.known("own")
    assert [one.name for one in known_of(visitor).missing] == ["size", "colours-liked"]
    tell_assistant(visitor, {"size": ["l"], "colours-liked": ["blue"]})
    assert known_of(visitor).missing == []
    assert trait_values(mario, "colours-liked") == ["blue"]
    assert [one.name for one in known_of(stall.known("own")).missing] == [], "also in his next browser"


def test_what_is_proposed_is_there_in_his_size_and_says_why(stall: Stall, mario: Party) -> None:
    visitor = stall.known("own")
    tell_assistant(visitor, {"size": ["l"]}, topic="giacca")
    proposed = proposals_for(shelf_of(stall.shop, visitor), known_of(visitor), "it")
    assert proposed
    assert all(any("L" in reason for reason in one.reasons) for one in proposed)
    Stock.objects.filter(variant=stall.variant(COAT)).update(reserved=F("on_hand"))
    assert proposals_for(shelf_of(stall.shop, visitor), known_of(visitor), "it") == []


def test_wrong_answers_are_refused_and_keep_nothing(stall: Stall) -> None:
    visitor = stall.visitor()
    with pytest.raises(InvalidFields):
        tell_assistant(visitor, {"size": ["huge"]})
    with pytest.raises(InvalidFields):
        tell_assistant(visitor, {"shoe": ["42"]})
    assert not Assisted.objects.exists()


def test_what_he_writes_teaches(stall: Stall, mario: Party) -> None:
    learn_from(mario, "Solo capi non sintetici", language="it", source="chat", about=("message", uuid4()), topic=False)
    assert trait_values(mario, "fibres-avoided") == ["synthetic"]


def test_looking_at_the_page_keeps_nothing(stall: Stall) -> None:
    client = Client()
    assert client.get("/p/assistant").status_code == 200
    assert "filo-visitor" not in client.cookies
    assert not Assisted.objects.exists()


def test_some_are_held_out_always_the_same_and_what_it_brings_is_told(stall: Stall, world: World) -> None:
    rule = SectionRule.objects.create(
        code="kids", title_it="Bimbi", title_en="Kids", bought="Bambino", shows="Bambino", holdout=50
    )
    parties = list(world.parties.values())
    shown = {party.pk: note_section(rule, party) for party in parties}
    assert shown == {party.pk: not is_held_out(rule, party) for party in parties}
    assert shown == {party.pk: note_section(rule, party) for party in parties}
    assert SectionSeen.objects.count() == len(parties)
    for party in parties:
        if shown[party.pk]:
            note_ordered(party.pk)
    found = uplifts()[0]
    assert (found.shown, found.shown_ordered) == (sum(shown.values()), sum(shown.values()))
    assert found.held_ordered == 0


def test_who_wants_no_proposals_made_of_him_is_asked_like_a_stranger(stall: Stall, mario: Party) -> None:
    learn(system("demo"), mario, "size", "l", source="chat", confidence=1)
    assert known_of(stall.known("own")).facts["size"] == ["l"]
    answer_consent(stall.world.principal("agent"), mario, "profiling", given=False, source="phone")
    visitor = stall.known("own")
    assert known_of(visitor).facts["size"] == []
    tell_assistant(visitor, {"size": ["m"]})
    assert known_of(visitor).facts["size"] == ["m"], "what he says now counts now"
