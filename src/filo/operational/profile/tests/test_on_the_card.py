"""What is known stands on the card, is corrected and forgotten there, narrows lists and is read by the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from filo.foundation.access.principal import system
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.unmerging import unmerge_parties
from filo.operational.profile.models import Trait, TraitKind
from filo.operational.profile.queries import sure_values, trait_values
from filo.operational.profile.services import learn, make_ready_kinds
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
READER = system("reader")


@pytest.fixture(autouse=True)
def kinds(world: World) -> None:
    make_ready_kinds()


def test_a_fact_is_noted_corrected_and_forgotten_with_a_way_back(world: World, client_of: ClientOf) -> None:
    party, client = world.parties["own"], client_of("agent")
    base = f"/parties/{party.pk}/profile"
    assert client.get(f"{base}/more").status_code == 200
    assert client.post(f"{base}/write/size", {"value": "l", "said": "porto la L"}).status_code == 302
    trait = Trait.objects.get()
    page = client.get(base).content.decode()
    assert "porto la L" in page
    assert client.post(f"{base}/write/size?trait={trait.pk}", {"value": "m", "said": ""}).status_code == 302
    assert trait_values(party, "size") == ["m"]
    assert client.post(f"/profile/{Trait.objects.get(ended_at=None).pk}/forget").status_code == 302
    assert trait_values(party, "size") == []
    assert "porto la L" not in client.get(base).content.decode()


def test_correcting_one_of_several_leaves_the_others(world: World, client_of: ClientOf) -> None:
    party, client = world.parties["own"], client_of("agent")
    learn(READER, party, "colours-liked", "blue", source="chat", confidence=0.9)
    wrong = learn(READER, party, "colours-liked", "red", source="chat", confidence=0.9)
    address = f"/parties/{party.pk}/profile/write/colours-liked?trait={wrong.pk}"
    assert client.post(address, {"value": "green", "said": ""}).status_code == 302
    assert sorted(trait_values(party, "colours-liked")) == ["blue", "green"]


def test_what_cannot_be_read_is_said_at_the_field_and_stays_typed(world: World, client_of: ClientOf) -> None:
    address = f"/parties/{world.parties['own'].pk}/profile/write/child-birth-year"
    answer = client_of("agent").post(address, {"value": "six", "said": "mia figlia"})
    assert answer.status_code == 422
    assert "mia figlia" in answer.content.decode()


def test_who_does_not_see_the_customer_finds_nothing(world: World, client_of: ClientOf) -> None:
    party = world.parties["own"]
    trait = learn(READER, party, "size", "l", source="chat", confidence=1)
    client = client_of("stranger")
    for address in (f"/parties/{party.pk}/profile", f"/parties/{party.pk}/profile/more"):
        assert client.get(address).status_code == 404
    assert client.post(f"/profile/{trait.pk}/forget").status_code == 404
    api = api_of(world, "stranger")
    assert api.read(f"/parties/{party.pk}/traits").status_code == 404


def test_the_list_is_narrowed_by_a_size(world: World) -> None:
    learn(READER, world.parties["own"], "size", "m", source="chat", confidence=1)
    api = api_of(world, "admin")

    def count(op: str, value: str | None) -> int:
        tree = {"field": "trait.size", "op": op} | ({"value": value} if value else {})
        return int(api.read(f"/parties?filter={quote(json.dumps(tree))}").json()["count"])

    everybody = int(api.read("/parties").json()["count"])
    assert (count("is", "m"), count("is", "l"), count("set", None), count("is-not", "m")) == (1, 0, 1, everybody - 1)


def test_the_api_learns_lists_and_forgets(world: World) -> None:
    api, party = api_of(world, "agent"), world.parties["own"]
    body = {"kind": "size", "value": "XL", "source": "mail", "confidence": 0.9, "said": "I wear XL"}
    made = api.send(f"/parties/{party.pk}/traits", body)
    assert (made.status_code, made.json()["value"]) == (201, "xl")
    assert [row["kind"] for row in api.read(f"/parties/{party.pk}/traits").json()["items"]] == ["size"]
    assert api.send(f"/parties/{party.pk}/traits", {"kind": "size", "value": "huge"}).status_code == 422
    gone = api.remove(f"/parties/{party.pk}/traits/{made.json()['id']}")
    assert (gone.status_code, trait_values(party, "size")) == (204, [])


def test_facts_follow_a_merge_and_come_back(world: World) -> None:
    kept, other = world.parties["own"], world.parties["shared"]
    learn(READER, kept, "size", "m", source="chat", confidence=1)
    learn(READER, other, "size", "l", source="chat", confidence=1)
    learn(READER, other, "topics", "montagna", source="chat", confidence=1)
    merged = merge_parties(world.principal("admin"), kept, other)
    assert (trait_values(kept, "size"), trait_values(kept, "topics")) == (["m"], ["montagna"])
    unmerge_parties(world.principal("admin"), merged)
    assert trait_values(other, "topics") == ["montagna"]


def test_an_administrator_adds_a_kind_and_its_answers(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")
    facts = {
        "label_it": "Sport",
        "label_en": "Sport",
        "type": "choice",
        "choices": "Corsa\nNuoto | Swimming\nsci|Sci|Ski",
    }
    assert admin.post("/settings/profile/new", facts).status_code == 302
    kind = TraitKind.objects.get(label_it="Sport")
    assert kind.choices == [["corsa", "Corsa", "Corsa"], ["swimming", "Nuoto", "Swimming"], ["sci", "Sci", "Ski"]]
    assert admin.post("/settings/profile/new", {**facts, "choices": ""}).status_code == 422
    assert admin.get("/settings/profile").status_code == 200
    assert client_of("agent").post("/settings/profile/new", facts).status_code == 403


def test_a_colleague_vouches_for_what_was_guessed(world: World, client_of: ClientOf) -> None:
    party, client = world.parties["own"], client_of("agent")
    guess = learn(READER, party, "size", "l", source="assistant", confidence=0.6)
    assert sure_values(party, "size") == []
    assert client_of("stranger").post(f"/profile/{guess.pk}/confirm").status_code == 404
    assert client.post(f"/profile/{guess.pk}/confirm").status_code == 302
    guess.refresh_from_db()
    assert (guess.confidence, guess.confirmed_by) == (1.0, world.people["agent"])
    assert sure_values(party, "size") == ["l"], "it is not asked again"
    assert world.people["agent"].name in client.get(f"/parties/{party.pk}/profile").content.decode()
    learn(READER, party, "size", "m", source="order", confidence=0.7)
    assert trait_values(party, "size") == ["l"], "no guess displaces it"
