"""A customer asks for a person, a colleague takes it, both read the same, and nothing is lost or said twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.services import end_chat, end_silent, offer_again, pass_chat, take_chat
from filo.collaborative.chat.services.ending import tell_so_far
from filo.collaborative.chat.services.routing import TakenAlready
from filo.collaborative.chat.tests.desk import OURS, begins, group_with, known_browser, place_for, says, there
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.errors import Forbidden
from filo.foundation.mail.models import OutgoingMail
from filo.operational.parties.models import ContactPoint, TimelineEntry
from filo.operational.service.models import ServiceGroup
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(world: World) -> ServiceGroup:
    found = group_with(world, "inside", "operator")
    place_for(found)
    return found


def staff(world: World, name: str) -> CheckedClient:
    client = CheckedClient()
    client.force_login(world.people[name])
    return client


def test_the_mail_of_before_is_there_when_the_chat_begins(world: World, group: ServiceGroup) -> None:
    party = world.parties["own"]
    ContactPoint.objects.create(party=party, type="email", value="m@r.example", normalised="m@r.example")
    box = mailbox("info@aurora.example", group=group)
    mail = comes_in(box, address="m@r.example", subject="richiesta di informazioni", text="Vorrei i pullover")
    there(world, "inside")
    client = known_browser(party, conversation=str(mail.conversation_id))
    chat = begins(client, "Mi aiuta una persona?")
    assert chat.conversation_id == mail.conversation_id
    page = staff(world, "inside").get(f"/chats/{chat.pk}").content.decode()
    assert "Vorrei i pullover" in page
    assert "Mi aiuta una persona?" in page
    assert 'data-zone="Europe/Rome"' in page, "times are those of who reads, whatever the browser believes"
    assert party.display_name in page


def test_what_is_said_reaches_both_sides_once(world: World, group: ServiceGroup) -> None:
    there(world, "inside")
    his, hers = known_browser(world.parties["own"]), staff(world, "inside")
    chat = begins(his, "Buongiorno")
    line, again = str(uuid4()), {"text": "Buongiorno a lei"}
    for _try in range(3):
        assert hers.post(f"/chats/{chat.pk}/say", again | {"id": line}).status_code == 200
    told = his.get("/p/chat/now").json()
    assert [(one["from"], one["text"]) for one in told["messages"]] == [
        ("them", "Buongiorno"),
        ("us", "Buongiorno a lei"),
    ]
    assert told["operator"] == world.people["inside"].given_name
    after = his.get(f"/p/chat/now?after={told['messages'][0]['id']}").json()
    assert [one["text"] for one in after["messages"]] == ["Buongiorno a lei"]


def test_the_same_line_sent_again_is_kept_once_and_begins_nothing_twice(world: World, group: ServiceGroup) -> None:
    client = known_browser(world.parties["own"])
    first = {"id": str(uuid4()), "text": "Ci siete?", "place": "filo"}
    for _try in range(2):
        assert client.post("/p/chat/begin", first, headers=OURS).status_code == 201
    says(client, "Pronto", id=str(line := uuid4()))
    says(client, "Pronto", id=str(line))
    assert Chat.objects.count() == 1
    assert Message.objects.filter(channel="chat").count() == 2


def test_a_line_of_another_talk_is_not_overwritten(world: World, group: ServiceGroup) -> None:
    one, other = known_browser(world.parties["own"]), known_browser(world.parties["shared"])
    begins(one)
    begins(other)
    known = says(one, "Mio")["id"]
    answer = other.post("/p/chat/say", {"id": str(known), "text": "Rubato"}, headers=OURS)
    assert answer.status_code == 404
    assert not Message.objects.filter(text="Rubato").exists()


def test_it_is_offered_to_who_is_there_and_has_least_to_do(world: World, group: ServiceGroup) -> None:
    there(world, "inside")
    there(world, "operator")
    first = begins(known_browser(world.parties["own"]))
    second = begins(known_browser(world.parties["shared"]))
    assert {first.operator_id, second.operator_id} == {world.people["inside"].pk, world.people["operator"].pk}


def test_nothing_is_offered_to_who_went_away(world: World, group: ServiceGroup) -> None:
    there(world, "inside")
    with clock.at(clock.now() + timedelta(minutes=5)):
        client = known_browser(world.parties["own"])
        assert begins(client).operator is None
        assert client.get("/p/chat/now").json()["there"] is False


def test_what_nobody_takes_goes_to_the_next(world: World, group: ServiceGroup) -> None:
    there(world, "inside")
    chat = begins(known_browser(world.parties["own"]))
    assert chat.operator == world.people["inside"]
    with clock.at(clock.now() + timedelta(seconds=31)):
        there(world, "operator")
        offer_again()
    chat.refresh_from_db()
    assert chat.operator == world.people["operator"]


def test_of_two_who_take_it_one_has_it(world: World, group: ServiceGroup) -> None:
    chat = begins(known_browser(world.parties["own"]))
    take_chat(world.principal("inside"), chat)
    with pytest.raises(TakenAlready):
        take_chat(world.principal("operator"), chat)
    with pytest.raises(Forbidden):
        take_chat(world.principal("stranger"), chat)
    chat.refresh_from_db()
    assert chat.operator == world.people["inside"]


def test_it_is_passed_on_with_everything(world: World, group: ServiceGroup) -> None:
    chat = take_chat(world.principal("inside"), begins(known_browser(world.parties["own"]), "La mia domanda"))
    pass_chat(world.principal("inside"), chat, person=world.people["operator"])
    chat.refresh_from_db()
    assert (chat.state, chat.operator) == ("open", world.people["operator"])
    assert "La mia domanda" in staff(world, "operator").get(f"/chats/{chat.pk}").content.decode()
    other = ServiceGroup.objects.create(code="tecnica", name="Assistenza Tecnica")
    pass_chat(world.principal("operator"), chat, group=other)
    chat.refresh_from_db()
    assert (chat.state, chat.operator, chat.group) == ("waiting", None, other)


def test_a_stranger_who_gives_an_address_is_not_taken_for_its_owner(world: World, group: ServiceGroup) -> None:
    party = world.parties["own"]
    ContactPoint.objects.create(party=party, type="email", value="m@r.example", normalised="m@r.example")
    chat = begins(Client(), "Sono io", name="Mario", address="m@r.example")
    talk = Conversation.objects.get(pk=chat.conversation_id)
    assert talk.caution
    assert not talk.proved
    assert chat.visitor is not None
    assert chat.visitor.known is None, "his browser shows nothing of the customer"


def test_with_nobody_there_it_becomes_a_request_with_a_number(world: World, group: ServiceGroup) -> None:
    chat = begins(Client(), "Avete la taglia L?", name="Ada Neri", address="ada@neri.example")
    ticket = chat.conversation.ticket
    assert ticket is not None
    assert ticket.subject == "Avete la taglia L?"
    assert chat.conversation.party is not None
    assert chat.conversation.party.family_name == "Neri"
    with clock.at(clock.now() + timedelta(hours=2)):
        end_silent()
    chat.conversation.refresh_from_db()
    assert chat.conversation.state == "open", "somebody still has to answer it"


def test_files_go_both_ways_and_nobody_else_gets_them(world: World, group: ServiceGroup) -> None:
    his, other = known_browser(world.parties["own"]), known_browser(world.parties["shared"])
    begins(his)
    upload = SimpleUploadedFile("foto.txt", b"etichetta", content_type="text/plain")
    answer = his.post("/p/chat/say", {"id": str(uuid4()), "text": "", "files": upload}, headers=OURS)
    address = answer.json()["said"]["files"][0]["url"]
    sent = his.get(address)
    assert b"".join(sent.streaming_content) == b"etichetta"  # type: ignore[attr-defined]
    assert other.get(address).status_code == 404
    assert Client().get(address).status_code == 404
    inside = address.replace("/p/chat/", "/chats/")
    assert staff(world, "inside").get(inside).status_code == 200
    assert staff(world, "stranger").get(inside).status_code == 404


def test_what_was_said_is_one_line_on_the_card_and_a_mail_for_who_wants_it(world: World, group: ServiceGroup) -> None:
    his = known_browser(world.parties["own"])
    chat = begins(his, "Prima riga")
    says(his, "Seconda riga")
    with clock.at(clock.now() + timedelta(minutes=1)):
        tell_so_far()
    his.post("/p/chat/end", {"address": "m@r.example", "over": "yes"}, headers=OURS)
    entry = TimelineEntry.objects.get(party=world.parties["own"], kind="message.chat")
    assert "Seconda riga" in entry.excerpt
    assert "Prima riga" in OutgoingMail.objects.get(to="m@r.example").text
    chat.refresh_from_db()
    assert chat.state == "ended"
    assert his.post("/p/chat/say", {"id": str(uuid4()), "text": "Ancora"}, headers=OURS).status_code == 409


def test_a_foreign_page_says_nothing_with_his_cookie(world: World, group: ServiceGroup) -> None:
    his = known_browser(world.parties["own"])
    begins(his)
    forged = his.post("/p/chat/say", {"id": str(uuid4()), "text": "x"}, headers={"Origin": "https://evil.example"})
    assert forged.status_code == 403
    assert his.post("/p/chat/say", {"id": str(uuid4()), "text": "x"}).status_code == 403


def test_a_first_line_from_a_second_window_is_said_and_not_lost(world: World, group: ServiceGroup) -> None:
    client = known_browser(world.parties["own"])
    first = begins(client, "Dalla prima finestra")
    assert begins(client, "Dalla seconda finestra") == first
    assert [one["text"] for one in client.get("/p/chat/now").json()["messages"]] == [
        "Dalla prima finestra",
        "Dalla seconda finestra",
    ]


def test_a_chat_that_ended_long_ago_is_not_shown_to_who_sits_there_now(world: World, group: ServiceGroup) -> None:
    client = known_browser(world.parties["own"])
    chat = begins(client, "Una cosa mia")
    end_chat(system("chat"), chat, by="customer")
    assert client.get("/p/chat/now").json()["messages"]
    with clock.at(clock.now() + timedelta(hours=2)):
        assert client.get("/p/chat/now").json()["chat"] is None


def test_an_ended_chat_ends_once(world: World, group: ServiceGroup) -> None:
    chat = begins(known_browser(world.parties["own"]))
    for _try in range(2):
        end_chat(system("chat"), chat, by="customer")
    assert TimelineEntry.objects.filter(kind="message.chat").count() == 1
