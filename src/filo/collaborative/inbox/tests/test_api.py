"""Conversations at the API: listed, read, answered, given, joined and parted with the rights of whoever asks."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.operational.parties.models import ContactPoint
from filo.operational.service.models import GroupMember, ServiceGroup
from filo.testing.api import ApiClient, api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(world: World) -> dict[str, Conversation]:
    group = ServiceGroup.objects.create(code="care", name="Assistenza")
    GroupMember.objects.create(group=group, user=world.people["teammate"])
    own = world.parties["own"]
    ContactPoint.objects.create(party=own, type="email", value="own@example.it", normalised="own@example.it")
    plain, grouped = mailbox("info@aurora.example"), mailbox("care@aurora.example", group=group)
    private = mailbox("agente@aurora.example", owner=world.people["agent"])
    return {
        "own": comes_in(plain, address="own@example.it", subject="Anta").conversation,
        "group": comes_in(grouped, subject="Fodera").conversation,
        "private": comes_in(private, address="friend@example.it", subject="Cena").conversation,
    }


def subjects(api: ApiClient, query: str = "") -> list[str]:
    return sorted(item["subject"] for item in api.ask("GET", f"/conversations{query}").json()["items"])


def narrowed(field: str, value: str) -> str:
    return "?filter=" + quote(f'{{"field": "{field}", "value": {value}}}')


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("agent", ["Anta", "Cena"]),
        ("teammate", ["Fodera"]),
        ("operator", ["Anta", "Fodera"]),
        ("admin", ["Anta", "Fodera"]),
        ("stranger", []),
    ],
)
def test_one_lists_and_reads_what_one_sees(
    world: World, talks: dict[str, Conversation], person: str, sees: list[str]
) -> None:
    api = api_of(world, person)
    assert subjects(api) == sees
    for talk in talks.values():
        seen = talk.subject in sees
        assert api.ask("GET", f"/conversations/{talk.id}").status_code == (200 if seen else 404)
        assert api.ask("GET", f"/conversations/{talk.id}/messages").status_code == (200 if seen else 404)
        note = api.ask("POST", f"/conversations/{talk.id}/notes", {"text": "Letto"})
        assert note.status_code == (201 if seen else 404)


def test_a_token_reads_no_more_than_it_was_made_for(world: World, talks: dict[str, Conversation]) -> None:
    assert subjects(api_of(world, "agent", scopes=["conversation:read"])) == ["Anta"]
    assert subjects(api_of(world, "agent", scopes=["correspondence:read"])) == ["Cena"]
    assert api_of(world, "agent", scopes=["party:read"]).ask("GET", "/conversations").status_code == 403
    reading = api_of(world, "agent", scopes=["conversation:read", "correspondence:read"])
    assert reading.ask("POST", f"/conversations/{talks['own'].id}/notes", {"text": "x"}).status_code == 403


def test_filters_and_words(world: World, talks: dict[str, Conversation]) -> None:
    api = api_of(world, "operator")
    assert subjects(api, narrowed("group", '"care"')) == ["Fodera"]
    assert subjects(api, narrowed("group", '"none"')) == ["Anta"]
    assert subjects(api, narrowed("assignee", '"none"')) == ["Anta", "Fodera"]
    assert subjects(api, narrowed("party", f'"{world.parties["own"].id}"')) == ["Anta"]
    assert subjects(api, narrowed("state", '"done"')) == []
    assert subjects(api, narrowed("wants_person", "true")) == []
    assert subjects(api, "?q=fodera&sort=waiting") == ["Fodera"]
    assert api.ask("GET", "/conversations" + narrowed("colour", '"red"')).status_code == 400


def test_it_is_read_with_messages_answered_and_noted(world: World, talks: dict[str, Conversation]) -> None:
    api, talk = api_of(world, "operator"), talks["own"]
    answer = api.ask("POST", f"/conversations/{talk.id}/replies", {"text": "Arriva lunedì.", "then": "done"})
    assert (answer.status_code, answer.json()["delivery"], answer.json()["to"]) == (201, "later", ["own@example.it"])
    api.ask("POST", f"/conversations/{talk.id}/notes", {"text": "Sentito il magazzino"})
    read = api.ask("GET", f"/conversations/{talk.id}").json()
    assert (read["state"], read["party"]["display_name"]) == ("done", "Lanificio Bassi S.r.l.")
    said = [(one["kind"], one["direction"]) for one in read["messages"]]
    assert said == [("message", "in"), ("message", "out"), ("note", "")]
    assert api.ask("POST", f"/conversations/{talk.id}/replies", {"text": " "}).status_code == 422


def test_a_second_answer_is_refused_to_whom_says_what_he_read(world: World, talks: dict[str, Conversation]) -> None:
    talk = talks["own"]
    seen = str(Message.objects.get(conversation=talk).id)
    send_message(world.principal("inside"), talk, Answer("Lunedì."))
    body = {"text": "Martedì.", "seen": seen}
    refused = api_of(world, "operator").ask("POST", f"/conversations/{talk.id}/replies", body)
    assert (refused.status_code >= 400, refused.json()["code"]) == (True, "answered-meanwhile")


def test_a_change_of_several_is_made_as_a_whole(world: World, talks: dict[str, Conversation]) -> None:
    api, talk = api_of(world, "operator"), talks["own"]
    tag = api.ask("GET", f"/conversations/{talk.id}")["ETag"]
    body = {"group": "care", "assignee": "operator@aurora.example", "tags": ["mobili"], "state": "waiting"}
    now = api.ask("PATCH", f"/conversations/{talk.id}", body, If_Match=tag).json()
    facts = (now["group"], now["assignee"]["name"], now["tags"], now["state"])
    assert facts == ("care", world.people["operator"].name, ["mobili"], "waiting")
    assert api.ask("PATCH", f"/conversations/{talk.id}", {"state": "done"}, If_Match=tag).status_code == 412
    wrong = api.ask("PATCH", f"/conversations/{talk.id}", {"tags": [], "assignee": "nobody@aurora.example"})
    assert wrong.status_code == 422
    late = api.ask("PATCH", f"/conversations/{talk.id}", {"snoozed_until": "2200-01-01T09:00:00Z"}).json()
    assert (late["state"], late["tags"]) == ("snoozed", ["mobili"])


def test_it_is_moved_joined_and_parted(world: World, talks: dict[str, Conversation]) -> None:
    api, first, second = api_of(world, "operator"), talks["own"], talks["group"]
    party = str(world.parties["own"].id)
    moved = api.ask("PATCH", f"/conversations/{second.id}", {"party": party}).json()
    assert moved["party"]["id"] == party
    joined = api.ask("POST", f"/conversations/{second.id}/merge", {"into": str(first.id)}).json()
    assert (joined["id"], joined["messages_count"]) == (str(first.id), 2)
    assert api.ask("GET", f"/conversations/{second.id}").json()["id"] == str(first.id)
    body = {"messages": [joined["messages"][1]["id"]], "subject": "Di nuovo", "open_ticket": True}
    parted = api.ask("POST", f"/conversations/{first.id}/split", body)
    assert (parted.status_code, parted.json()["subject"]) == (201, "Di nuovo")
    assert parted.json()["ticket"]["id"] != joined["ticket"]["id"]
    assert api_of(world, "boss").ask("POST", f"/conversations/{first.id}/split", body).status_code in (403, 409, 422)


def test_we_write_first(world: World, talks: dict[str, Conversation]) -> None:
    api = api_of(world, "agent")
    body = {
        "party": str(world.parties["own"].id),
        "to": "own@example.it",
        "mailbox": "agente@aurora.example",
        "subject": "Preventivo",
        "text": "Eccolo.",
    }
    made = api.ask("POST", "/conversations", body)
    assert (made.status_code, made.json()["private"], made.json()["messages"][0]["text"]) == (201, True, "Eccolo.")
    assert api.ask("POST", "/conversations", body | {"mailbox": "altri@aurora.example"}).status_code == 422
    assert api.ask("POST", "/conversations", body | {"to": "altri@example.it"}).status_code == 422
