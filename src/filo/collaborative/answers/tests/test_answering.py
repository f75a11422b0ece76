"""A question gets the right answer by itself, or a courteous receipt; machines and strangers get no words of theirs."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from filo.collaborative.answers.models import AutoReply
from filo.collaborative.answers.services.answering import answer_by_itself
from filo.collaborative.answers.services.reviewing import correct, customer_unhappy, leave_it, take_over
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.tests.letters import POST, comes_in, mailbox
from filo.collaborative.knowledge.models import Article, Phrasing
from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, publish, retire, write_article
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.trees.tests.drawing import told as told_tree
from filo.foundation.access.principal import system
from filo.foundation.accounts.queries import principal_of
from filo.foundation.mail.models import OutgoingMail
from filo.operational.parties.services.arrivals import create_party
from filo.operational.service.models import GroupMember, ServiceGroup
from filo.testing.world import World

pytestmark = pytest.mark.django_db
MACHINE = system("answers")


def article(title: str, answer: str, *phrasings: str, **facts: object) -> Article:
    """A published article with its meaning."""
    made = write_article(MACHINE, ArticleFacts({"it": TextFacts(title, answer, "", phrasings)}, **facts))  # type: ignore[arg-type]
    published = publish(MACHINE, made)
    keep_vectors(published.id)
    return published


@pytest.fixture
def box(world: World, time_machine: TimeMachineFixture) -> Mailbox:
    """info@ answers by itself for the group Assistenza Commerciale; it is the 12th of May."""
    time_machine.move_to(datetime(2027, 5, 12, 10, tzinfo=ZoneInfo("Europe/Rome")), tick=False)
    group = ServiceGroup.objects.create(code="commerciale", name="Assistenza Commerciale")
    GroupMember.objects.create(group=group, user=world.people["inside"])
    article(
        "Offerte speciali sui pullover",
        "Le offerte speciali sui pullover di lana e cotone riguardano tutti i modelli della collezione.",
        "Quali pullover sono in offerta?",
        "Vorrei informazioni sui pullover in offerta speciale",
        valid_from=date(2027, 6, 1),
        valid_to=date(2027, 8, 31),
    )
    article(
        "Come si fa un reso",
        "La merce si rende entro 14 giorni, nella sua confezione.",
        "Posso restituire un capo?",
        "Entro quanti giorni si può fare il reso?",
    )
    return mailbox(group=group, answers_automatically=True)


def rossi() -> None:
    """Mario Rossi, whom we know."""
    points = [{"type": "email", "value": "mario.rossi@example.it"}]
    facts = {"kind": "person", "given_name": "Mario", "family_name": "Rossi", "contact_points": points}
    create_party(POST, facts)


def asks(box: Mailbox, text: str, **facts: object) -> Message:
    return comes_in(box, text, **{"subject": "richiesta di informazioni"} | facts)


PULLOVER = "Vorrei informazioni sui pullover in offerta speciale nel mese di maggio."


def test_where_nothing_answers_a_guide_is_offered(box: Mailbox, settings: Settings) -> None:
    rossi()
    for one in Article.objects.all():
        retire(MACHINE, one)
        keep_vectors(one.pk)
    words = {"title": "Un mobile ha bisogno di assistenza", "words": "sportello cerniera"}
    nodes = [{"id": "m1", "kind": "message", "text": {"it": "Scriva a noi."}}]
    told_tree(code="assistenza", texts={"it": words}, nodes=nodes, start="m1")
    answer_by_itself(MACHINE, asks(box, "Lo sportello pende da una parte, che cosa devo guardare?").id)
    text = OutgoingMail.objects.get().text
    assert "Un mobile ha bisogno di assistenza" in text
    assert f"{settings.SITE_URL.rstrip('/')}/p/guide/assistenza" in text


def test_mario_rossi_hears_that_the_offers_begin_in_june(box: Mailbox, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(datetime(2027, 5, 11, 10, tzinfo=ZoneInfo("Europe/Rome")), tick=False)
    rossi()
    time_machine.move_to(datetime(2027, 5, 12, 10, tzinfo=ZoneInfo("Europe/Rome")), tick=False)
    message = asks(box, PULLOVER)
    found = answer_by_itself(MACHINE, message.id)
    assert found is not None
    assert (found.outcome, str(found.article)) == ("answered", "Offerte speciali sui pullover")
    mail, talk = OutgoingMail.objects.get(), Conversation.objects.get()
    assert talk.ticket is not None
    assert mail.subject == f"Re: richiesta di informazioni [#{talk.ticket.number}]"
    assert mail.text.startswith("Sig. Mario Rossi,\n\ngrazie per averci scritto.")
    assert "Vale dal 1 giugno 2027 al 31 agosto 2027." in mail.text
    assert talk.ticket.number in mail.text
    assert "Assistenza Commerciale" in mail.text
    assert "/p/requests/" in mail.text
    assert mail.auto_submitted == "auto-replied"
    assert talk.state == "waiting"


def test_a_stranger_gets_the_answer_but_none_of_his_words(box: Mailbox) -> None:
    message = asks(box, PULLOVER, name="Clicca Qui Subito", subject="Hai vinto un premio")
    answer_by_itself(MACHINE, message.id)
    mail = OutgoingMail.objects.get()
    assert mail.subject.startswith("La Sua richiesta [#")
    assert mail.text.startswith("Gentile cliente,")
    for word in ("Clicca", "vinto", "mese di maggio"):
        assert word not in mail.subject + mail.text


def test_what_nobody_can_tell_gets_a_receipt_and_waits_for_a_person(box: Mailbox) -> None:
    message = asks(box, "Che tempo fa domani a Napoli?")
    found = answer_by_itself(MACHINE, message.id)
    assert found is not None
    assert found.outcome == "receipt"
    assert "abbiamo ricevuto il Suo messaggio" in OutgoingMail.objects.get().text
    assert Conversation.objects.get().state == "open"


def test_it_answers_once_however_often_it_is_asked_to(box: Mailbox) -> None:
    message = asks(box, PULLOVER)
    assert answer_by_itself(MACHINE, message.id) == answer_by_itself(MACHINE, message.id)
    assert OutgoingMail.objects.count() == 1


def test_one_address_has_one_automatic_answer_a_day(box: Mailbox) -> None:
    answer_by_itself(MACHINE, asks(box, PULLOVER).id)
    again = answer_by_itself(MACHINE, asks(box, "Posso restituire un capo?", subject="reso").id)
    assert again is not None
    assert (again.outcome, again.why) == ("silent", "today")
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"address": "no-reply@shop.example"}, "nobody"),
        ({"address": "bounces+17@list.example"}, "nobody"),
        ({"address": "info@aurora.example"}, "own"),
        ({"caution": "Perhaps not his."}, "caution"),
    ],
)
def test_it_keeps_silent(box: Mailbox, facts: dict[str, str], why: str) -> None:
    found = answer_by_itself(MACHINE, asks(box, PULLOVER, **facts).id)
    assert found is not None
    assert (found.outcome, found.why) == ("silent", why)
    assert not OutgoingMail.objects.exists()


def test_machines_and_talks_that_go_on_are_not_even_written_down(box: Mailbox) -> None:
    assert answer_by_itself(MACHINE, asks(box, "Sono in ferie", kind="automatic").id) is None
    first = asks(box, PULLOVER, address="altro@example.it")
    second = asks(box, "E i pantaloni?", address="altro@example.it", subject="Re: richiesta di informazioni")
    assert second.conversation_id == first.conversation_id
    assert answer_by_itself(MACHINE, second.id) is None
    assert not OutgoingMail.objects.exists()


def test_a_mailbox_that_may_not_answer_does_not(box: Mailbox) -> None:
    Mailbox.objects.update(answers_automatically=False)
    assert answer_by_itself(MACHINE, asks(box, PULLOVER).id) is None


def test_two_systems_that_answer_each_other_end_after_one_mail_each(box: Mailbox) -> None:
    answer_by_itself(MACHINE, asks(box, PULLOVER).id)
    for number in range(5):
        reply = asks(box, PULLOVER, subject=f"Re: {number}", in_reply_to="", message_id=f"{number}@loop.example")
        answer_by_itself(MACHINE, reply.id)
    assert OutgoingMail.objects.count() == 1


def test_left_as_it_is_the_question_is_learnt(box: Mailbox, world: World) -> None:
    answer = answer_by_itself(MACHINE, asks(box, "Quali pullover avete in offerta speciale?").id)
    assert answer is not None
    if answer.outcome != "answered":
        pytest.fail(f"only {answer.percent} % sure")
    operator = principal_of(world.people["admin"])
    leave_it(operator, answer)
    assert Phrasing.objects.filter(source="learnt").get().text == "Quali pullover avete in offerta speciale?"
    assert Conversation.objects.get().state == "done"


def test_a_correction_leaves_as_a_mail_and_teaches_the_right_article(box: Mailbox, world: World) -> None:
    answer = answer_by_itself(MACHINE, asks(box, PULLOVER).id)
    assert answer is not None
    right = article("Listino della lana", "Ecco il listino.")
    correct(principal_of(world.people["admin"]), answer, text="Ecco il listino della lana.", article=right)
    said = Message.objects.filter(kind="message", direction="out").get()
    leave(said.id)
    assert OutgoingMail.objects.count() == 2
    assert Phrasing.objects.get(article=right).text == PULLOVER
    assert not AutoReply.objects.filter(review="").exists()


def test_taking_over_makes_the_conversation_ones_own(box: Mailbox, world: World) -> None:
    answer = answer_by_itself(MACHINE, asks(box, PULLOVER).id)
    assert answer is not None
    take_over(principal_of(world.people["admin"]), answer)
    talk = Conversation.objects.get()
    assert (talk.assignee, talk.state) == (world.people["admin"], "open")


def test_an_unhappy_customer_comes_back_to_the_queue(box: Mailbox) -> None:
    message = asks(box, PULLOVER)
    answer = answer_by_itself(MACHINE, message.id)
    assert answer is not None
    again = asks(box, "Non avete capito la mia domanda, sono molto deluso!", subject="Re: richiesta di informazioni")
    assert again.conversation_id == message.conversation_id
    assert customer_unhappy(MACHINE, again) == answer
    answer.refresh_from_db()
    assert (answer.review, answer.unhappy_at) == ("", again.at)
    assert Conversation.objects.get().state == "open"
