"""The pages and the API on which two cards become one: what people see, choose and take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from filo.foundation.jobs.models import Job
from filo.operational.doubles.models import DoublePair
from filo.operational.doubles.services.looking import look_at
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Merge, Party, TimelineEntry
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import BUILDER, World

ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def twin(world: World) -> Party:
    """The wool mill once more, of the agent's colleague."""
    facts: dict[str, Any] = {
        "kind": "organisation",
        "legal_name": "LANIFICIO BASSI SRL",
        "notes": "Chiude ad agosto",
        "contact_points": [{"type": "email", "value": "info@lanificio.example"}],
        "addresses": [{"street": "via Roma, 1", "postal_code": "20121", "city": "Milano", "province": "MI"}],
    }
    owner = world.people["teammate"].id
    spec = RelationshipSpec(company=world.companies["moda"], area=world.areas["nord"], owner_id=owner)
    party = create_party(BUILDER, facts, relationships=[spec])
    look_at([found.pk for found in Party.objects.all()])
    return party


def test_the_queue_shows_the_pair_to_who_sees_both_and_compares_them(
    world: World, twin: Party, client_of: ClientOf
) -> None:
    page = client_of("manager").get("/duplicates").content.decode()
    assert "Lanificio Bassi S.r.l." in page
    assert "LANIFICIO BASSI SRL" in page
    assert f"/merges/new?kept={world.parties['own'].id}&amp;absorbed={twin.id}&amp;next=queue" in page
    assert "LANIFICIO" not in client_of("agent").get("/duplicates").content.decode()
    assert client_of("boss").get("/duplicates").status_code == 200


def test_both_stand_beside_each_other_and_what_is_chosen_is_done(
    world: World, twin: Party, client_of: ClientOf
) -> None:
    own, manager = world.parties["own"], client_of("manager")
    page = manager.get(f"/merges/new?kept={own.id}&absorbed={twin.id}").content.decode()
    assert 'name="fact-legal_name"' in page
    assert "Chiude ad agosto" in page
    assert "<li>Via Roma 1, 20121 Milano MI</li>" in page
    assert "via Roma, 1" not in page, "a place that both have is told once"
    form = {
        "kept": own.id,
        "absorbed": twin.id,
        "kept_version": own.version,
        "absorbed_version": twin.version,
        "fact-legal_name": "absorbed",
    }
    answer = manager.post("/merges/new", form)
    assert (answer.status_code, answer["Location"]) == (302, f"/parties/{own.id}")
    assert Party.objects.get(pk=own.pk).legal_name == "LANIFICIO BASSI SRL"
    card = manager.get(f"/parties/{own.id}").content.decode()
    assert f"/merges/{Merge.objects.get().id}" in card


def test_who_looked_at_an_older_state_is_shown_the_new_one_and_nothing_is_done(
    world: World, twin: Party, client_of: ClientOf
) -> None:
    own = world.parties["own"]
    form = {"kept": own.id, "absorbed": twin.id, "kept_version": own.version + 1, "absorbed_version": twin.version}
    answer = client_of("manager").post("/merges/new", form)
    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_the_card_says_that_it_may_be_there_twice(world: World, twin: Party, client_of: ClientOf) -> None:
    address = f"/merges/new?kept={world.parties['own'].id}&amp;absorbed={twin.id}"
    part = f"/parties/{world.parties['own'].id}/doubles"
    assert part in client_of("manager").get(f"/parties/{world.parties['own'].id}").content.decode()
    assert address in client_of("manager").get(part).content.decode()
    assert address not in client_of("agent").get(part).content.decode()
    assert client_of("stranger").get(part).status_code == 404


def test_two_customers_leave_the_queue_and_can_come_back(world: World, twin: Party, client_of: ClientOf) -> None:
    pair, manager = DoublePair.objects.get(), client_of("manager")
    assert client_of("stranger").post(f"/duplicates/{pair.id}/two").status_code == 404
    manager.post(f"/duplicates/{pair.id}/two")
    assert "LANIFICIO" not in manager.get("/duplicates").content.decode()
    manager.post(f"/duplicates/{pair.id}/again")
    assert "LANIFICIO" in manager.get("/duplicates").content.decode()


def test_while_typing_a_new_card_the_known_one_is_named(world: World, twin: Party, client_of: ClientOf) -> None:
    assert "duplicates/typed/organisation" in client_of("agent").get("/parties/new?kind=organisation").content.decode()
    typed = {
        "legal_name": "Lanificio Bassi",
        "point-TOTAL_FORMS": "1",
        "point-INITIAL_FORMS": "0",
        "point-0-type": "phone",
        "point-0-value": "02 1234567",
        "address-TOTAL_FORMS": "0",
        "address-INITIAL_FORMS": "0",
    }
    part = client_of("agent").post("/duplicates/typed/organisation", typed).content.decode()
    assert "Lanificio Bassi S.r.l." in part
    assert "LANIFICIO" not in part, "the colleague's card is not the agent's to know of"
    assert client_of("agent").post("/duplicates/typed/organisation", {"legal_name": "x"}).content.strip() == b""


def test_merging_in_bulk_is_never_begun_below_what_is_nearly_certain(
    world: World, twin: Party, client_of: ClientOf
) -> None:
    manager = client_of("manager")
    manager.post("/duplicates/accept", {"least": "0.5"})
    assert not Job.objects.filter(name="doubles.merge_many").exists()
    manager.post("/duplicates/accept", {"least": "0.995"})
    assert Job.objects.get(name="doubles.merge_many").args == {"least": 0.995}


def test_a_merge_is_parted_on_its_page_with_what_came_since(world: World, twin: Party, client_of: ClientOf) -> None:
    own, manager = world.parties["own"], client_of("manager")
    manager.post(
        "/merges/new",
        {"kept": own.id, "absorbed": twin.id, "kept_version": own.version, "absorbed_version": twin.version},
    )
    merge = Merge.objects.get()
    call = log_interaction(world.principal("manager"), own, channel="call", direction="in", subject="wool")
    line = TimelineEntry.objects.get(reference_id=call.id)
    assert f'value="{line.id}"' in manager.get(f"/merges/{merge.id}").content.decode()
    assert client_of("stranger").get(f"/merges/{merge.id}").status_code == 404
    manager.post(f"/merges/{merge.id}", {"goes": [str(line.id)]})
    call.refresh_from_db()
    assert call.party_id == twin.id
    assert Party.objects.get(pk=twin.pk).deleted_at is None


def test_the_api_checks_merges_and_parts(world: World, twin: Party) -> None:
    api, own = api_of(world, "manager"), world.parties["own"]
    pairs = api.ask("GET", "/duplicates").json()
    assert [party["display_name"] for party in pairs["items"][0]["parties"]] == [
        "Lanificio Bassi S.r.l.",
        "LANIFICIO BASSI SRL",
    ]
    body = {
        "kind": "organisation",
        "legal_name": "Lanificio Bassi",
        "contact_points": [{"type": "email", "value": "info@lanificio.example"}],
    }
    found = api.send("/duplicates/check", body).json()
    assert {one["party"]["id"] for one in found} == {str(own.id), str(twin.id)}
    merged = api.send("/merges", {"kept": str(own.id), "absorbed": str(twin.id)})
    assert merged.status_code == 201
    read = api.ask("GET", f"/parties/{twin.id}").json()
    assert read["id"] == str(own.id)
    again = api.send("/merges", {"kept": str(own.id), "absorbed": str(world.parties["contact"].id)})
    assert (again.status_code, again.json()["code"]) == (409, "not-mergeable")
    parted = api.send(f"/merges/{merged.json()['id']}/undo", {})
    assert parted.json()["undone_at"]
    assert api.ask("GET", f"/parties/{twin.id}").json()["id"] == str(twin.id)
    hidden = api.send("/merges", {"kept": str(own.id), "absorbed": str(world.parties["southern"].id)})
    assert hidden.status_code == 422
