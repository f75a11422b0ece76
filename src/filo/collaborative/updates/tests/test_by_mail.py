"""A customer gets mails about his order, asks by answering one, and is told; what he wants besides goes to a person."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.updates.asking import wish_of
from filo.collaborative.updates.models import OrderLetter
from filo.collaborative.updates.services.answering import answer_about_order
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import relay_batch
from filo.foundation.jobs.models import Job
from filo.foundation.mail.models import OutgoingMail
from filo.operational.orders.models import Order
from filo.operational.orders.tests.counter import JACKET, Counter, counter_of
from filo.operational.parties.models import ContactPoint
from filo.testing.world import World

pytestmark = pytest.mark.django_db
HIS = "acquisti@lanificio.example"
MACHINE = system("orders")


@pytest.fixture
def box(world: World) -> Mailbox:
    return mailbox("ordini@aurora.example", company=world.companies["moda"])


@pytest.fixture
def counter(world: World, box: Mailbox) -> Counter:
    own = world.parties["own"]
    ContactPoint.objects.filter(party=own).delete()
    ContactPoint.objects.create(party=own, type="email", value=HIS, normalised=HIS, preferred=True)
    return counter_of(world)


def confirmed(counter: Counter) -> Order:
    """An order whose confirmation has left."""
    with translation.override("it"):
        order = counter.confirmed(counter.line(JACKET, "2"))
        relay_batch()
    return counter.again(order)


def answers(box: Mailbox, text: str, **facts: object) -> Message:
    """He answers the last mail about his order."""
    sent = OutgoingMail.objects.latest("created_at")
    usual = {
        "address": HIS,
        "subject": f"Re: {sent.subject}",
        "in_reply_to": sent.message_id.strip("<>"),
        "proved": True,
    }
    return comes_in(box, text, **usual | facts)


def test_the_confirmation_tells_what_and_when(counter: Counter) -> None:
    order = confirmed(counter)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (HIS, f"Il suo ordine {order.name}")
    assert "2 pz" in mail.text or "2 " in mail.text
    assert "/p/order/" in mail.text
    assert order.promised_date
    assert str(order.promised_date.year) in mail.text


def test_it_is_signed_by_the_company_and_not_by_who_reads_the_mailbox(counter: Counter, box: Mailbox) -> None:
    Mailbox.objects.filter(pk=box.pk).update(signature_it="Assistenza Tecnica")
    company = confirmed(counter).company
    text = OutgoingMail.objects.get().text
    assert text.rstrip().endswith(company.legal_name or company.name)
    assert "Assistenza Tecnica" not in text


def test_a_person_of_the_customer_gets_it_where_the_order_says_so(counter: Counter) -> None:
    anna = counter.world.parties["contact"]
    hers = "anna@lanificio.example"
    ContactPoint.objects.create(party=anna, type="email", value=hers, normalised=hers)
    counter.confirmed(counter.line(JACKET, "1"), mail_to=hers)
    counter.confirmed(counter.line(JACKET, "1"), mail_to="nobody@elsewhere.example")
    relay_batch()
    assert [mail.to for mail in OutgoingMail.objects.all()] == [hers]


def test_all_mails_about_an_order_are_one_talk_and_none_is_sent_twice(counter: Counter) -> None:
    order = confirmed(counter)
    counter.ship(order)
    relay_batch()
    relay_batch()
    assert [letter.kind for letter in OrderLetter.objects.all()] == ["confirmed", "shipped"]
    assert Conversation.objects.count() == 1
    assert OutgoingMail.objects.count() == 2


def test_who_asks_is_told_how_it_stands(counter: Counter, box: Mailbox) -> None:
    order = confirmed(counter)
    question = answers(box, "Buongiorno, a che punto è il mio ordine?")
    assert question.conversation_id == OrderLetter.objects.get().conversation_id
    relay_batch()
    assert Job.objects.filter(name="updates.answer_about_order").exists()
    letter = answer_about_order(MACHINE, question.pk)
    assert letter is not None
    assert answer_about_order(MACHINE, question.pk) == letter
    mail = OutgoingMail.objects.latest("created_at")
    assert f"Il suo ordine {order.name}: Confermato" in mail.text
    assert OutgoingMail.objects.count() == 2
    assert Conversation.objects.get().state == "done"


def test_anything_else_goes_to_a_person(counter: Counter, box: Mailbox) -> None:
    confirmed(counter)
    question = answers(box, "Vorrei cambiare l'indirizzo di consegna, è possibile?")
    assert answer_about_order(MACHINE, question.pk) is None
    assert OutgoingMail.objects.count() == 1
    assert Conversation.objects.get().state == "open"


def test_what_is_said_to_a_colleague_is_left_to_him(counter: Counter, box: Mailbox) -> None:
    confirmed(counter)
    talk = OrderLetter.objects.get().conversation
    sent = send_message(counter.principal(), talk, Answer("Le va bene venerdì?"))
    leave(sent.pk)
    for text in ("Grazie mille", "Quando arriva?"):
        assert answer_about_order(MACHINE, answers(box, text, message_id=f"{len(text)}@x").pk) is None
    assert OrderLetter.objects.count() == 1
    assert Conversation.objects.get().state == "open"


def test_a_stranger_hears_nothing_of_it(counter: Counter, box: Mailbox) -> None:
    confirmed(counter)
    question = answers(box, "A che punto è?", address="qualcuno@altrove.example")
    assert answer_about_order(MACHINE, question.pk) is None
    assert OutgoingMail.objects.count() == 1


def test_two_machines_do_not_answer_one_another_for_ever(counter: Counter, box: Mailbox) -> None:
    confirmed(counter)
    told = [answer_about_order(MACHINE, answers(box, "stato?", message_id=f"{n}@x").pk) for n in range(6)]
    assert [one is not None for one in told] == [True, True, True, True, False, False]


def test_history_writes_to_nobody(counter: Counter) -> None:
    with clock.at(clock.now() - timedelta(days=30)):
        counter.confirmed(counter.line(JACKET, "1"))
    relay_batch()
    assert not OutgoingMail.objects.exists()


def test_without_an_address_nobody_is_written_to(counter: Counter, world: World) -> None:
    ContactPoint.objects.filter(party=world.parties["own"]).delete()
    counter.confirmed(counter.line(JACKET, "1"))
    relay_batch()
    assert not OutgoingMail.objects.exists()


def test_a_talk_about_nothing_is_left_alone(box: Mailbox, world: World) -> None:
    question = comes_in(box, "A che punto è?")
    assert answer_about_order(MACHINE, question.pk) is None
    assert answer_about_order(MACHINE, uuid4()) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("stato?", "standing"),
        ("?", "standing"),
        ("", "standing"),
        ("Quando arriva?", "standing"),
        ("Ci sono novità sulla spedizione? Siamo un po' in ansia.", "standing"),
        ("Where is my parcel, please?", "standing"),
        ("Non è ancora arrivato nulla, dovevate consegnare ieri", "standing"),
        ("Grazie mille!", "thanks"),
        ("ok, perfetto", "thanks"),
        ("Thank you very much", "thanks"),
        ("Vorrei annullare l'ordine", "other"),
        ("Quando arriva? Vorrei anche cambiare la taglia", "other"),
        ("Il pacco è arrivato rotto", "other"),
        ("Please send me the invoice", "other"),
        ("Può chiamarmi qualcuno?", "other"),
        ("Volevo sapere se avete anche delle sciarpe di seta in quel tono di verde che mi piace", "other"),
    ],
)
def test_what_an_answer_wants(text: str, wish: str) -> None:
    assert wish_of(text) == wish
