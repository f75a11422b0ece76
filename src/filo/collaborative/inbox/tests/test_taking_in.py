"""What a customer writes stands in one talk, on his card, with one request, however he writes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.tests.letters import POST, comes_in, mailbox
from filo.foundation import clock
from filo.foundation.mail.models import OutgoingMail
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.services.arrivals import create_party
from filo.operational.service.models import ServiceGroup, Ticket
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_a_stranger_becomes_a_lead_with_a_request_and_a_story(world: World) -> None:
    message = comes_in(mailbox(), "Avete divani in lino?", message_id="a1@example.it")
    talk = Conversation.objects.get()
    assert talk.party is not None
    assert (talk.party.display_name, talk.party.source) == ("Mario Rossi", "mail")
    assert talk.party.relationships.get().stage == "lead"
    assert talk.ticket is not None
    assert (talk.state, talk.messages_count, talk.snippet) == ("open", 1, "Avete divani in lino?")
    assert talk.waiting_since == message.at
    entry = TimelineEntry.objects.get(reference_kind="message")
    assert (entry.party_id, entry.direction, entry.excerpt) == (talk.party_id, "in", "Avete divani in lino?")


def test_a_customer_we_know_is_found_by_his_address(world: World) -> None:
    points = [{"type": "email", "value": "Mario.Rossi@Example.it"}]
    known = create_party(POST, {"kind": "person", "family_name": "Rossi", "contact_points": points})
    comes_in(mailbox())
    assert Conversation.objects.get().party == known
    assert Conversation.objects.get().proved


def test_a_request_is_with_the_company_that_was_written_to(world: World) -> None:
    group = ServiceGroup.objects.create(code="casa", name="Tecnica", company=world.companies["casa"])
    comes_in(mailbox(company=world.companies["moda"], group=group))
    assert Ticket.objects.get().company == world.companies["moda"]


def test_of_many_who_share_an_address_it_is_the_one_of_this_name_or_nobody(world: World) -> None:
    points = [{"type": "email", "value": "famiglia@example.it"}]
    for name in ("Anna", "Bruno"):
        facts = {"kind": "person", "given_name": name, "family_name": "Neri", "contact_points": points}
        create_party(POST, facts)
    box = mailbox()
    comes_in(box, name="Bruno Neri", address="famiglia@example.it")
    comes_in(box, name="Famiglia Neri", address="famiglia@example.it", subject="Altro")
    first, second = Conversation.objects.order_by("started_at", "id")
    assert (first.party.given_name if first.party else None, first.needs_sorting) == ("Bruno", False)
    assert (second.party, second.needs_sorting) == (None, True)
    assert Party.objects.filter(family_name="Neri").count() == 2


def test_an_answer_goes_on_with_the_talk_by_its_message_id(world: World) -> None:
    box = mailbox()
    comes_in(box, message_id="a1@example.it")
    talk = Conversation.objects.get()
    answer = send_message(POST, talk, Answer("Costa 40 euro."), automatic=True)
    comes_in(box, "Lo prendo.", subject="Tutt'altro", message_id="a2@example.it", in_reply_to=answer.message_id)
    assert Conversation.objects.get().messages.count() == 3
    assert Ticket.objects.count() == 1


def test_an_answer_goes_on_with_the_talk_by_its_number(world: World) -> None:
    box = mailbox()
    comes_in(box)
    talk = Conversation.objects.get()
    assert talk.ticket is not None
    comes_in(box, "Allora?", subject=f"Sollecito richiesta {talk.ticket.number}")
    assert Conversation.objects.get().messages.count() == 2


def test_a_stranger_who_names_a_talk_does_not_enter_it(world: World) -> None:
    box = mailbox()
    comes_in(box, message_id="a1@example.it")
    talk = Conversation.objects.get()
    assert talk.ticket is not None
    comes_in(
        box, "Mi mandate tutto?", name="Altro", address="altro@example.org", subject=f"Re: [#{talk.ticket.number}]"
    )
    other = Conversation.objects.exclude(pk=talk.pk).get()
    assert other.refers_to == talk
    assert other.caution
    assert talk.messages.count() == 1


def test_who_was_in_copy_of_our_answer_goes_on_with_it(world: World) -> None:
    box = mailbox()
    comes_in(box, message_id="a1@example.it")
    talk = Conversation.objects.get()
    sent = send_message(POST, talk, Answer("Ecco.", cc=["moglie@example.it"]), automatic=True)
    comes_in(box, "Grazie!", name="Lucia", address="moglie@example.it", in_reply_to=sent.message_id)
    assert Conversation.objects.get().messages.count() == 3


def test_the_same_mail_twice_is_one(world: World) -> None:
    box = mailbox()
    first = comes_in(box, message_id="a1@example.it")
    assert comes_in(box, message_id="a1@example.it") == first
    assert Message.objects.count() == 1


def test_two_mails_of_one_subject_without_re_are_two_matters(world: World) -> None:
    box = mailbox()
    comes_in(box, subject="Ordine")
    comes_in(box, "Un'altra cosa", subject="Ordine")
    comes_in(box, "Rispondo", subject="Re: Ordine")
    assert sorted(talk.messages.count() for talk in Conversation.objects.all()) == [1, 1, 1]


def test_an_answering_machine_stands_aside_and_makes_nobody_a_customer(world: World) -> None:
    before = Party.objects.count()
    comes_in(mailbox(), "Sono in ferie.", kind="automatic", address="chi@example.org", name="Chi")
    talk = Conversation.objects.get()
    assert (talk.state, talk.party, talk.ticket) == ("done", None, None)
    assert Party.objects.count() == before


def test_whoever_writes_without_end_fills_one_talk(world: World) -> None:
    box = mailbox()
    for number in range(9):
        comes_in(box, f"Numero {number}", subject=f"Cosa {number}")
    assert Conversation.objects.count() == 5
    assert Message.objects.count() == 9


def test_a_customer_who_writes_again_brings_back_what_was_put_off_or_done(world: World) -> None:
    box = mailbox()
    comes_in(box)
    Conversation.objects.update(state="snoozed", snoozed_until=clock.now() + timedelta(days=3))
    comes_in(box, "Ancora io", subject="Re: Informazioni")
    talk = Conversation.objects.get()
    assert (talk.state, talk.snoozed_until) == ("open", None)


def test_personal_mail_opens_no_request_and_is_its_owners(world: World) -> None:
    box = mailbox("agente@aurora.example", owner=world.people["agent"])
    comes_in(box)
    talk = Conversation.objects.get()
    assert (talk.private, talk.ticket, talk.assignee) == (True, None, world.people["agent"])


def test_an_answer_is_a_letter_of_the_same_thread(world: World) -> None:
    box = mailbox(signature_it="Aurora Moda S.r.l.")
    comes_in(box, "Quanto costa?", message_id="a1@example.it")
    talk = Conversation.objects.get()
    message = send_message(POST, talk, Answer("Costa 40 euro."))
    assert not OutgoingMail.objects.exists()  # it can still be called back
    leave(message.id)
    mail = OutgoingMail.objects.get()
    assert talk.ticket is not None
    assert mail.subject == f"Re: Informazioni [#{talk.ticket.number}]"
    assert (mail.in_reply_to, mail.references) == ("<a1@example.it>", ["<a1@example.it>"])
    assert mail.text.startswith("Costa 40 euro.\n\n-- \nAurora Moda S.r.l.\n\n")
    assert mail.text.rstrip().endswith("> Quanto costa?")
    assert mail.auto_submitted == ""
    leave(message.id)
    assert OutgoingMail.objects.count() == 1


def test_what_lay_in_the_mailbox_before_is_kept_and_asks_nobody_for_anything(world: World) -> None:
    comes_in(mailbox(), "Buongiorno", old=True)
    talk = Conversation.objects.get()
    assert (talk.state, talk.ticket, talk.waiting_since) == ("done", None, None)
    assert talk.party is not None
    assert TimelineEntry.objects.filter(reference_kind="message").count() == 1
