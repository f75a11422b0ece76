"""Person × conversation: who reads and answers which, held against what is written here by hand."""

from __future__ import annotations

import pytest

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.policies import CONVERSATION_EDITED, CONVERSATION_SEEN
from filo.collaborative.inbox.services.notes import add_note
from filo.collaborative.inbox.services.working import assign
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.foundation.access.principal import system
from filo.foundation.push.topics import may_listen
from filo.operational.parties.models import ContactPoint
from filo.operational.service.models import GroupMember, ServiceGroup
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
FIRM = {"north", "stranger's", "group"}
# In the scheme by area: north is with a customer of the agent, stranger's with one of the stranger in the south, group
# with nobody's customer and a group in which the teammate works; personal came to the agent's own mailbox.
SEES = {
    "admin": FIRM,
    "boss": FIRM,
    "inside": FIRM,
    "operator": FIRM,
    "manager": {"north"},
    "agent": {"north", "personal"},
    "teammate": {"group"},
    "stranger": {"stranger's"},
    "researcher": set(),
}
# Management reads everything, and answers what is its own.
ANSWERS = SEES | {"boss": set()}


@pytest.fixture
def talks(world: World) -> dict[str, Conversation]:
    group = ServiceGroup.objects.create(code="care", name="Assistenza")
    GroupMember.objects.create(group=group, user=world.people["teammate"])
    plain, grouped = mailbox("info@aurora.example"), mailbox("care@aurora.example", group=group)
    own = mailbox("agente@aurora.example", owner=world.people["agent"])
    for party, address in (("own", "own@example.it"), ("southern", "south@example.it")):
        ContactPoint.objects.create(party=world.parties[party], type="email", value=address, normalised=address)
    found = {
        "north": comes_in(plain, address="own@example.it", subject="subject of north"),
        "stranger's": comes_in(plain, address="south@example.it", subject="subject of south"),
        "group": comes_in(grouped, address="new@example.it", subject="subject of group"),
        "personal": comes_in(own, address="friend@example.it", subject="subject of personal"),
    }
    return {name: message.conversation for name, message in found.items()}


@pytest.mark.parametrize("person", sorted(SEES))
def test_every_door_shows_what_one_sees(world: World, talks: dict[str, Conversation], person: str) -> None:
    principal, client = world.principal(person), client_of(world, person)
    answer = client.get("/inbox?box=all")
    page = answer.content.decode() if answer.status_code == 200 else ""
    for key, talk in talks.items():
        talk = Conversation.objects.get(pk=talk.pk)
        seen = key in SEES[person]
        assert CONVERSATION_SEEN.allows(principal, talk) == seen, key
        assert Conversation.objects.visible_to(principal).filter(pk=talk.pk).exists() == seen, key
        assert CONVERSATION_EDITED.allows(principal, talk) == (key in ANSWERS[person]), key
        assert (talk.subject in page) == seen, key
        assert client.get(f"/inbox/{talk.id}").status_code == (200 if seen else 404), key
        assert may_listen(principal, f"conversation:{talk.id}") == seen, key


def test_who_is_named_in_a_note_reads_the_talk(world: World, talks: dict[str, Conversation]) -> None:
    stranger = world.principal("stranger")
    assert not CONVERSATION_SEEN.allows(stranger, talks["group"])
    handle = world.people["stranger"].email.partition("@")[0]
    add_note(world.principal("admin"), talks["group"], f"Che ne pensi? @{handle}")
    assert CONVERSATION_SEEN.allows(stranger, talks["group"])
    assert Conversation.objects.visible_to(stranger).filter(pk=talks["group"].pk).exists()


def test_who_is_given_a_talk_may_answer_it(world: World, talks: dict[str, Conversation]) -> None:
    assign(system("test"), talks["group"], world.people["stranger"].id)
    given = Conversation.objects.get(pk=talks["group"].pk)
    assert CONVERSATION_EDITED.allows(world.principal("stranger"), given)


def test_a_note_and_a_move_of_what_one_may_only_read_are_refused(world: World, talks: dict[str, Conversation]) -> None:
    client = client_of(world, "boss")
    for act, data in (("state", {"state": "done"}), ("give", {"to": "me"}), ("answer", {"text": "Ecco."})):
        assert client.post(f"/inbox/{talks['north'].id}/{act}", data).status_code == 403
    assert Conversation.objects.get(pk=talks["north"].pk).state == "open"
