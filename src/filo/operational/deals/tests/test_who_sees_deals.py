"""Person × deal: who sees and works which, held against what is written here by hand."""

from __future__ import annotations

import pytest

from filo.foundation.push.topics import may_listen
from filo.operational.deals.models import Deal
from filo.operational.deals.policies import DEAL_EDITED, DEAL_SEEN
from filo.operational.deals.services import hand_over_deal
from filo.operational.deals.tests.floor import Floor
from filo.testing.api import api_of
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db
ALL = {"agents", "mates", "south", "researched"}
# Both agents of the North work the shared customer: each sees his own deal with him alone.
SEES = {
    "admin": ALL,
    "boss": ALL,
    "inside": ALL,
    "operator": ALL,
    "manager": {"agents", "mates"},
    "other_manager": {"south"},
    "agent": {"agents"},
    "teammate": {"mates"},
    "stranger": {"south"},
    "researcher": {"researched"},
}
WORKS = SEES | {"operator": set(), "researcher": set()}


@pytest.fixture
def deals(floor: Floor) -> dict[str, Deal]:
    return {
        "agents": floor.open("title of agents", who="agent", party="shared"),
        "mates": floor.open("title of mates", who="teammate", party="shared"),
        "south": floor.open("title of south", who="stranger", party="southern"),
        "researched": floor.open("title of researched", who="researcher", party="own"),
    }


@pytest.mark.parametrize("person", sorted(SEES))
def test_every_door_shows_what_one_sees(floor: Floor, deals: dict[str, Deal], person: str) -> None:
    principal, client = floor.principal(person), client_of(floor.world, person)
    pages = {name: client.get(f"/deals{name}").content.decode() for name in ("?view=all", "/board")}
    answer = api_of(floor.world, person).ask("GET", "/deals").json()
    for key, deal in deals.items():
        seen = key in SEES[person]
        assert DEAL_SEEN.allows(principal, deal) == seen, key
        assert Deal.objects.visible_to(principal).filter(pk=deal.pk).exists() == seen, key
        for name, page in pages.items():
            assert (deal.title in page) == seen, (key, name)
        assert (str(deal.id) in [item["id"] for item in answer["items"]]) == seen, key
        for door in ("", "/facts", "/story", "/peek", "/forms", "/changes", "/points"):
            assert client.get(f"/deals/{deal.id}{door}").status_code == (200 if seen else 404), (key, door)
        assert may_listen(principal, f"deal:{deal.id}") == seen, key
        found = client.get(f"/search?q={key}").content.decode()
        assert (f"/deals/{deal.id}" in found) == seen, key


@pytest.mark.parametrize("person", sorted(WORKS))
def test_every_door_changes_what_one_works(floor: Floor, deals: dict[str, Deal], person: str) -> None:
    principal, client = floor.principal(person), client_of(floor.world, person)
    for key, deal in deals.items():
        works, sees = key in WORKS[person], key in SEES[person]
        assert (principal.may("deal", "edit") and DEAL_EDITED.allows(principal, deal)) == works, key
        typed = {"stage": str(floor.stages["offer"].pk)}
        wanted = 302 if works else 403 if sees else 404
        assert client.post(f"/deals/{deal.id}/move", typed).status_code == wanted, key


@pytest.mark.parametrize("verb", ["edit", "win", "lose", "reopen", "assign", "next", "done", "note", "delete"])
def test_a_stranger_changes_nothing(floor: Floor, deals: dict[str, Deal], verb: str) -> None:
    assert client_of(floor.world, "stranger").post(f"/deals/{deals['agents'].id}/{verb}", {}).status_code == 404


def test_the_story_of_a_shared_customer_keeps_quiet_about_the_others_deal(floor: Floor, deals: dict[str, Deal]) -> None:
    card = f"/parties/{floor.world.parties['shared'].id}"
    page = client_of(floor.world, "agent").get(card).content.decode()
    assert ("title of agents" in page, "title of mates" in page) == (True, False)
    panel = client_of(floor.world, "teammate").get(f"{card}/deals").content.decode()
    assert ("title of agents" in panel, "title of mates" in panel) == (False, True)


def test_who_gets_a_deal_sees_it_and_who_gave_it_no_more(floor: Floor, deals: dict[str, Deal]) -> None:
    hand_over_deal(floor.principal("manager"), deals["agents"], owner_id=floor.world.people["teammate"].id)
    assert client_of(floor.world, "teammate").get(f"/deals/{deals['agents'].id}").status_code == 200
    assert client_of(floor.world, "agent").get(f"/deals/{deals['agents'].id}").status_code == 404
