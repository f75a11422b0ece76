"""Notes and conversations are found by their words, by whoever may read them; they lead to the customer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.search.models import SearchNote
from filo.foundation.search.sources import lines_with
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.services import edit_interaction, log_interaction, remove_interaction
from filo.operational.parties.services.editing import delete_party, edit_party
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

Clients = Callable[[str], CheckedClient]
SAID = "Prima riga\nVuole due preventivi per le lenzuola di Forlì\nUltima riga"


@pytest.fixture
def call(world: World) -> Interaction:
    agent = world.principal("agent")
    return log_interaction(agent, world.parties["shared"], channel="call", subject="Telefonata", body=SAID)


def lines(world: World, who: str, text: str) -> list[tuple[str, str]]:
    """Whose card each line leads to, and what it says."""
    return [(line.party_name, line.text) for line in lines_with(world.principal(who), text, limit=20)]


LINE = ("Emporio Conti S.n.c.", "Vuole due preventivi per le lenzuola di Forlì")


@pytest.mark.parametrize(
    "typed",
    ["preventivi", "preventivo", "PREVENTIVO lenzuolo", "lenzuola due", "forli", "Forli'", "lenzuol telefonata forli"],
)
def test_any_form_of_its_words_in_any_order_finds_the_line(world: World, call: Interaction, typed: str) -> None:
    assert lines(world, "agent", typed) == [LINE]


@pytest.mark.parametrize("typed", ["fattura", "preventivi divano", "le", "", "di"])
def test_other_words_find_nothing(world: World, call: Interaction, typed: str) -> None:
    assert lines(world, "agent", typed) == []


def test_whoever_may_not_read_it_does_not_find_it(world: World, call: Interaction, client_of: Clients) -> None:
    """A teammate shares the customer and not the conversation."""
    assert lines(world, "manager", "preventivi") == [LINE]
    for who in ("teammate", "stranger", "other_manager"):
        assert lines(world, who, "preventivi") == []
        assert "lenzuola" not in client_of(who).get("/search", {"q": "preventivi"}).text
        answer = api_of(world, who).read("/search?q=preventivi").json()
        assert (answer["items"], answer["count"]) == ([], 0)


def test_page_palette_and_api_lead_to_the_customer(world: World, call: Interaction, client_of: Clients) -> None:
    card = f"/parties/{world.parties['shared'].id}"
    page = client_of("agent").get("/search", {"q": "preventivo"}).text
    assert f'href="{card}"' in page
    assert f'href="/interactions/{call.id}"' in page
    assert "<mark>preventivi</mark>" in page
    assert f'href="{card}"' in client_of("agent").get("/search/commands", {"q": "lenzuolo"}).text
    (item,) = api_of(world, "agent").read("/search?q=preventivo").json()["items"]
    assert (item["kind"], item["id"], item["title"], item["subtitle"]) == ("interaction", str(call.id), *LINE)
    assert item["url"].endswith(card)


def test_what_is_corrected_is_found_by_its_new_words_and_what_is_removed_by_none(
    world: World, call: Interaction
) -> None:
    agent = world.principal("agent")
    edit_interaction(agent, call, version=None, body="Vuole un divano")
    assert lines(world, "agent", "preventivi") == []
    assert lines(world, "agent", "divani") == [("Emporio Conti S.n.c.", "Vuole un divano")]
    remove_interaction(agent, call)
    assert lines(world, "agent", "divani") == []
    assert not SearchNote.objects.filter(object_id=call.id).exists()


def test_the_notes_on_a_card_are_found_but_not_by_who_may_not_read_notes(world: World, client_of: Clients) -> None:
    own, boss = world.parties["own"], world.principal("boss")
    edit_party(boss, own, {"notes": "Chiude in agosto.\nParcheggio nel cortile."}, version=None)
    assert lines(world, "agent", "cortili") == [("Lanificio Bassi S.r.l.", "Parcheggio nel cortile.")]
    assert lines(world, "stranger", "cortile") == []
    role = world.people["agent"].role
    role.masks = {"party": ["notes"]}
    role.save()
    assert lines(world, "agent", "cortile") == []
    edit_party(boss, own, {"notes": ""}, version=None)
    assert lines(world, "boss", "cortile") == []


def test_who_is_in_the_bin_is_not_told_of(world: World, call: Interaction) -> None:
    delete_party(world.principal("admin"), world.parties["shared"])
    assert lines(world, "manager", "preventivi") == []


def test_words_that_half_of_all_hold_are_looked_for_in_the_latest(
    world: World, call: Interaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filo.operational.interactions.findable.MOST_LOOKED_AT", 0)
    assert lines(world, "agent", "preventivi") == [LINE]
    assert lines(world, "teammate", "preventivi") == []


def test_many_notes_on_cards_leave_room_for_what_was_said(world: World, call: Interaction) -> None:
    agent = world.principal("agent")
    for key in ("own", "shared"):
        edit_party(agent, world.parties[key], {"notes": "Aspetta il preventivo"}, version=None)
    assert [line.kind for line in lines_with(agent, "preventivi", limit=2)] == ["note", "interaction"]
