"""The palette offers what somebody may do, for the customers he sees, in as few queries as a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from filo.foundation.accounts.models import User
from filo.foundation.web.commands import commands, commands_about
from filo.foundation.web.keys import sheet
from filo.testing.budgets import MOST, queries_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

Clients = Callable[[str], CheckedClient]
PEOPLE = ("admin", "manager", "agent", "operator", "inside", "researcher")


def offered(client: CheckedClient, typed: str, **more: Any) -> str:
    answer = client.get("/search/commands", {"q": typed, **more}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.text


def leads(text: str) -> list[str]:
    return re.findall(r'<a [^>]*?href="([^"]+)"', text)


@pytest.mark.parametrize("person", PEOPLE)
def test_everything_that_is_offered_opens(world: World, client_of: Clients, person: str) -> None:
    """Nobody is offered what he may not do: every link answers, for him."""
    client, principal = client_of(person), world.principal(person)
    links = [one.address(principal) for one in commands(principal) if not one.sends]
    assert {"/", "/me"} <= set(links)
    for link in links:
        if not link.startswith("#"):
            assert client.get(link, follow=True).status_code == 200, link


@pytest.mark.parametrize("person", ["admin", "manager", "agent", "operator"])
def test_everything_about_an_open_card_opens(world: World, client_of: Clients, person: str) -> None:
    client = client_of(person)
    for party in world.parties.values():
        if client.get(f"/parties/{party.id}").status_code != 200:
            continue
        text = offered(client, "", about=f"party:{party.id}")
        for link in leads(text):
            assert client.get(link.replace("&amp;", "&")).status_code == 200, (party, link)


def test_an_agent_is_not_offered_what_is_not_his(world: World, client_of: Clients) -> None:
    text = offered(client_of("agent"), "", about=f"party:{world.parties['own'].id}")
    assert f"/parties/{world.parties['own'].id}/edit" in text
    assert "/assign" not in text
    assert "/settings/" not in offered(client_of("agent"), "impostazioni")
    assert "/settings/roles" in offered(client_of("admin"), "ruoli")


def test_who_looks_through_anothers_eyes_is_offered_nothing_that_changes(world: World) -> None:
    principal = world.principal("agent")
    looking = type(principal)(**{**vars(principal), "viewed_by": "Admin"})
    assert [one.code for one in commands(looking) if one.sends] == ["view-as.end"]
    assert {one.code for one in commands_about(looking, "party")} == set()


def test_a_card_that_is_not_seen_offers_nothing(world: World, client_of: Clients) -> None:
    stranger = offered(
        client_of("stranger"), "", about=f"party:{world.parties['own'].id}", party=world.parties["own"].id
    )
    assert str(world.parties["own"].id) not in stranger
    assert world.parties["own"].display_name not in stranger


@pytest.mark.parametrize(
    ("typed", "ending"),
    [
        ("chiama lanif", "#compose-call"),
        ("call lanificio", "#compose-call"),
        ("nota per lanificio", "#compose-note"),
        ("modifica lanificio", "/edit"),
    ],
)
def test_a_command_takes_the_name_of_a_customer(world: World, client_of: Clients, typed: str, ending: str) -> None:
    assert leads(offered(client_of("agent"), typed))[0] == f"/parties/{world.parties['own'].id}{ending}"


def test_a_task_for_a_customer_is_one_line(world: World, client_of: Clients) -> None:
    party = world.parties["own"].id
    for typed in ("attività lanificio", "task lanificio"):
        assert leads(offered(client_of("agent"), typed))[0] == f"/tasks/new?party={party}"
    assert str(party) not in offered(client_of("stranger"), "task lanificio")


def test_a_customer_comes_before_a_command_that_begins_like_him(world: World, client_of: Clients) -> None:
    """Three letters: *Lanificio* is meant, not the language."""
    assert leads(offered(client_of("agent"), "lan"))[0] == f"/parties/{world.parties['own'].id}"


def test_before_anything_is_typed_there_is_what_was_opened_last(world: World, client_of: Clients) -> None:
    own = world.parties["own"]
    text = offered(client_of("agent"), "", party=[str(own.id), "nonsense"], command=["rail:/tasks", "no-such"])
    assert own.display_name in text
    assert "/tasks" in leads(text)


def test_it_asks_few_queries(world: World, client_of: Clients) -> None:
    own = world.parties["own"].id
    for person in ("agent", "manager", "admin"):
        client = client_of(person)
        for asked in (
            f"q=chiama+lanificio&about=party:{own}",
            f"q=chiama+nessuno&about=party:{own}",
            f"q=nota&about=party:{own}",
            f"q=lan&about=party:{own}",
            f"q=&about=party:{own}&party={own}",
        ):
            client.get(f"/search/commands?{asked}")
            found = queries_of(partial(client.get, f"/search/commands?{asked}"))
            assert len(found) <= MOST, (person, asked, len(found))


def test_a_preference_is_one_command(world: World, client_of: Clients) -> None:
    client = client_of("agent")
    text = offered(client, "dark")
    assert 'formaction="/me/prefer"' in text
    answer = client.post("/me/prefer", {"theme": "dark", "next": "/tasks"})
    assert (answer.status_code, answer["Location"]) == (302, "/tasks")
    agent = User.objects.get(pk=world.people["agent"].pk)
    assert (agent.theme, agent.language, agent.letter_keys) == ("dark", "it", True)
    assert client.post("/me/prefer", {"theme": "pink"}).status_code == 422
    assert client.post("/me/prefer", {"theme": "auto", "next": "https://elsewhere.example"})["Location"] == "/me"


def test_the_sheet_tells_every_key_once(world: World) -> None:
    for person in PEOPLE:
        groups = sheet(world.principal(person))
        for group in groups:
            firsts = [key.first for key in group.keys]
            assert len(firsts) == len(set(firsts)), (person, group.label)
        alone = [key.first for group in groups for key in group.keys if len(key.first) == 1]
        assert len(alone) == len(set(alone))


def test_letters_can_be_switched_off(world: World, client_of: Clients) -> None:
    client = client_of("agent")
    assert 'data-letter-keys="off"' not in client.get("/").text
    client.post("/me", {"language": "it", "theme": "auto", "density": "airy", "time_zone": "Europe/Rome"})
    assert 'data-letter-keys="off"' in client.get("/").text
