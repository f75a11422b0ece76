"""Person × quote: who sees and works which, held against what is written here by hand."""

from __future__ import annotations

import pytest

from filo.foundation.push.topics import may_listen
from filo.operational.quotes.models import Quote
from filo.operational.quotes.policies import QUOTE_EDITED, QUOTE_SEEN
from filo.operational.quotes.tests.desk import Desk
from filo.testing.api import api_of
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db
ALL = {"agents", "mates", "south"}
# Both agents of the North work the shared customer: each sees his own quote alone.
SEES: dict[str, set[str]] = {
    "admin": ALL,
    "boss": ALL,
    "inside": ALL,
    "operator": ALL,
    "manager": {"agents", "mates"},
    "other_manager": {"south"},
    "agent": {"agents"},
    "teammate": {"mates"},
    "stranger": {"south"},
    "researcher": set(),
}
WORKS = SEES | {"operator": set()}


@pytest.fixture
def quotes(desk: Desk) -> dict[str, Quote]:
    return {
        "agents": desk.draft(party="shared", title="title of agents"),
        "mates": desk.draft(by="teammate", party="shared", title="title of mates"),
        "south": desk.draft(by="stranger", party="southern", title="title of south"),
    }


@pytest.mark.parametrize("person", sorted(SEES))
def test_every_door_shows_what_one_sees(desk: Desk, quotes: dict[str, Quote], person: str) -> None:
    principal, client = desk.principal(person), client_of(desk.world, person)
    page = client.get("/quotes?view=all").content.decode()
    answer = api_of(desk.world, person).ask("GET", "/quotes").json()
    found = {one["id"] for one in answer.get("items", [])}
    for key, quote in quotes.items():
        seen = key in SEES[person]
        assert QUOTE_SEEN.allows(principal, quote) == seen, key
        assert QUOTE_EDITED.allows(principal, quote) == (key in WORKS[person]), key
        assert (f"title of {key}" in page) == seen, key
        assert (str(quote.id) in found) == seen, key
        expected = 200 if seen else 404
        for part in ("", "/facts", "/peek", "/changes", "/pdf"):
            assert client.get(f"/quotes/{quote.id}{part}").status_code == expected, (key, part)
        assert may_listen(principal, f"quote:{quote.id}") == seen, key


@pytest.mark.parametrize("person", ["teammate", "stranger", "researcher"])
def test_what_one_does_not_see_one_does_not_change(desk: Desk, quotes: dict[str, Quote], person: str) -> None:
    client = client_of(desk.world, person)
    for what in (
        "write",
        "send",
        "accept",
        "reject",
        "ask",
        "stop",
        "reprice",
        "version",
        "copy",
        "withdraw",
        "discard",
    ):
        assert client.post(f"/quotes/{quotes['agents'].id}/{what}", {}).status_code == 404, what


def test_an_agent_does_not_see_what_things_cost_the_firm(desk: Desk, quotes: dict[str, Quote]) -> None:
    for person, told in (("agent", False), ("manager", True)):
        page = client_of(desk.world, person).get(f"/quotes/{quotes['agents'].id}").content.decode()
        assert ("Margine" in page) == told
