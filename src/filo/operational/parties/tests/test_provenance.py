"""Each value of a card tells where it comes from, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from filo.foundation import clock
from filo.foundation.access.services import make_ready_roles
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.operational.parties.models import Party
from filo.operational.parties.origins import Origin
from filo.operational.parties.queries.provenance import provenance_of, written_by_hand
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.editing import edit_party, facts_of
from filo.operational.parties.services.identities import identify_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.unmerging import unmerge_parties
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import BUILDER, World

FAIR: dict[str, Any] = {
    "kind": "organisation",
    "legal_name": "Lanificio Bassi Srl",
    "vat_number": "07643521003",
    "contact_points": [{"type": "email", "value": "ordini@lanificio.example"}],
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def origin(world: World, name: str, *, party: Party | None = None) -> Origin:
    """Of one value of the agent's customer, as the agent reads it."""
    fresh = Party.objects.get(pk=(party or world.parties["own"]).pk)
    return provenance_of(world.principal("agent"), fresh)[name]


def told(world: World, name: str) -> tuple[str, str, str]:
    found = origin(world, name)
    return found.kind, found.by, found.source


def last_operation(action: str = "party.edit") -> Any:
    return AuditEntry.objects.filter(action=action).order_by("-at", "-id").values_list("operation", flat=True)[0]


def test_what_came_with_the_card_says_so(world: World) -> None:
    found = origin(world, "legal_name")
    assert (found.kind, found.at) == ("arrival", world.parties["own"].created_at)
    assert found.sentence == "came with the card, today"
    assert told(world, "contact_points.1") == ("arrival", "", "")
    assert told(world, "addresses.0") == ("arrival", "", "")


def test_the_source_of_a_card_is_named(world: World) -> None:
    party = create_party(BUILDER, FAIR, relationships=[], source="Pitti 2026")
    found = provenance_of(BUILDER, party)["vat_number"]
    assert found.sentence == "came with the card from Pitti 2026, today"


def test_a_card_made_by_a_person_is_of_his_hand(world: World) -> None:
    party = create_party(world.principal("agent"), FAIR)
    found = origin(world, "vat_number", party=party)
    assert (found.kind, found.by, found.sentence) == ("hand", "Agent", "written by Agent, today")


def test_the_last_who_wrote_a_value_is_its_source_and_others_keep_theirs(world: World) -> None:
    party = world.parties["own"]
    edit_party(world.principal("agent"), party, {"sector": "Moda", "notes": "Fiera"}, version=None)
    edit_party(world.principal("manager").through("api"), party, {"sector": "Tessile"}, version=None)
    assert told(world, "sector") == ("api", "Manager", "")
    assert told(world, "notes") == ("hand", "Agent", "")
    assert told(world, "language") == ("arrival", "", "")
    assert origin(world, "sector").sentence == "through the API, as Manager, today"


def test_the_day_is_told_in_words_when_it_is_near(world: World) -> None:
    edit_party(world.principal("agent"), world.parties["own"], {"sector": "Moda"}, version=None)
    day = clock.now()
    with clock.at(day + timedelta(days=1)):
        assert origin(world, "sector").sentence == "written by Agent, yesterday"
    with translation.override("it"):
        assert origin(world, "sector").sentence == "scritto da Agent, oggi"


def test_what_was_taken_back_comes_from_where_it_came_before(world: World) -> None:
    party, agent = world.parties["own"], world.principal("agent")
    edit_party(agent, party, {"sector": "Moda"}, version=None)
    edit_party(world.principal("manager"), party, {"sector": "Casa", "language": "en"}, version=None)
    undo_operation(world.principal("manager"), last_operation())
    assert told(world, "sector") == ("hand", "Agent", "")
    assert told(world, "language") == ("arrival", "", "")


def test_each_number_and_each_address_has_its_own_source(world: World) -> None:
    party = world.parties["own"]
    facts = facts_of(party)
    points = [*facts["contact_points"], {"type": "mobile", "value": "333 1234567"}]
    places = [*facts["addresses"], {"use": "shipping", "street": "Via Po 2", "city": "Torino", "province": "TO"}]
    edit_party(world.principal("agent"), party, {"contact_points": points, "addresses": places}, version=None)
    assert [told(world, f"contact_points.{place}")[0] for place in range(3)] == ["arrival", "arrival", "hand"]
    assert [told(world, f"addresses.{place}")[0] for place in range(2)] == ["arrival", "hand"]


def test_an_external_code_tells_who_gave_it(world: World) -> None:
    identify_party(world.principal("boss"), world.parties["own"], [("erp", "C-7")])
    assert told(world, "external_identities.0") == ("hand", "Boss", "")


def test_what_a_merge_brought_names_the_other_card_until_both_stand_alone(world: World) -> None:
    party = world.parties["own"]
    other = create_party(BUILDER, FAIR)
    merge = merge_parties(world.principal("boss"), party, other)
    for name in ("vat_number", "contact_points.2"):
        found = origin(world, name)
        assert (found.kind, found.source, found.by) == ("merge", "Lanificio Bassi Srl", "Boss"), name
        assert found.address == f"/merges/{merge.pk}"
    assert told(world, "contact_points.0") == ("arrival", "", "")
    unmerge_parties(world.principal("boss"), merge)
    assert "vat_number" not in provenance_of(BUILDER, Party.objects.get(pk=party.pk))


def test_a_value_that_one_may_not_see_has_no_source_either(world: World) -> None:
    edit_party(world.principal("agent"), world.parties["own"], {"notes": "Fiera"}, version=None)
    role = make_ready_roles()["agent"]
    role.masks = {"party": ["notes"]}
    role.save()
    assert "notes" not in provenance_of(world.principal("agent"), world.parties["own"])
    assert "notes" not in api_of(world, "agent").get(f"/api/v1/parties/{world.parties['own'].id}/provenance").json()


def test_of_many_at_once_what_people_wrote_is_known(world: World) -> None:
    party = world.parties["own"]
    edit_party(world.principal("agent"), party, {"sector": "Moda"}, version=None)
    edit_party(world.principal("agent").through("import"), party, {"notes": "Fiera"}, version=None)
    now = {party.pk: facts_of(Party.objects.get(pk=party.pk))}
    assert written_by_hand(now, {party.pk: ["sector", "notes", "language", "addresses.0"]}) == {party.pk: {"sector"}}


def test_the_api_tells_the_source_of_every_value(world: World) -> None:
    party = world.parties["own"]
    edit_party(world.principal("agent"), party, {"sector": "Moda"}, version=None)
    found = api_of(world, "agent").get(f"/api/v1/parties/{party.id}/provenance").json()
    assert {name: found["sector"][name] for name in ("source", "kind", "by")} == {
        "source": "",
        "kind": "hand",
        "by": "Agent",
    }
    assert set(found) == {"legal_name", "language", "sector", "contact_points.0", "contact_points.1", "addresses.0"}


def test_the_card_asks_for_the_sources_of_all_its_values(world: World, client_of: Callable[..., CheckedClient]) -> None:
    party = world.parties["own"]
    edit_party(world.principal("agent"), party, {"sector": "Moda"}, version=None)
    client = client_of("agent", **{"Accept-Language": "en"})
    card = client.get(f"/parties/{party.id}").content.decode()
    told = client.get(f"/parties/{party.id}/provenance").content.decode()
    for name in ("legal_name", "sector", "contact_points.0", "addresses.0", "language"):
        assert f'<filo-whence data-fact="{name}">' in card
        assert f'<li data-fact="{name}">' in told
    assert f'data-provenance="/parties/{party.id}/provenance?version=2"' in card


def test_a_stranger_learns_nothing(world: World, client_of: Callable[..., CheckedClient]) -> None:
    assert client_of("stranger").get(f"/parties/{world.parties['own'].id}/provenance").status_code == 404
