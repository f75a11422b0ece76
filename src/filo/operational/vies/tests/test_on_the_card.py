"""The card shows how its VAT number stands, and takes over what VIES told, with a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import translation

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import NotFound
from filo.operational.parties.models import Party
from filo.operational.parties.queries.provenance import provenance_of
from filo.operational.vies.models import VatCheck
from filo.operational.vies.queries import standing_of
from filo.operational.vies.services.asking import ask_vies
from filo.operational.vies.tests.answers import GERMAN, ITALIAN, checked, standing, with_number, work
from filo.operational.vies.tests.fake import Vies
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def party(world: World, vies: Vies) -> Party:
    vies.known["IT" + ITALIAN] = ("LANIFICIO BASSI SPA", "VIA PO 1\n10124 TORINO TO")
    return with_number(world, ITALIAN)


def page_of(client: CheckedClient, party: Party) -> str:
    return client.get(f"/parties/{party.pk}").content.decode()


def test_a_press_asks_and_the_card_shows_the_answer(party: Party, client_of: ClientOf) -> None:
    client = client_of("agent")
    assert f"/parties/{party.pk}/vies" in page_of(client, party)
    assert client.post(f"/parties/{party.pk}/vies").status_code == 302
    assert "VIES: verifica in corso" in page_of(client, party)
    work()
    page = page_of(client, party)
    assert 'data-mean="good"' in page
    assert "LANIFICIO BASSI SPA" in page
    assert f"/parties/{party.pk}/vies/name" in page
    assert f"/parties/{party.pk}/vies/address" in page
    assert "LANIFICIO BASSI SPA" in client.get(f"/parties/{party.pk}/edit").content.decode()


def test_name_and_address_are_taken_over_and_given_back(world: World, party: Party, client_of: ClientOf) -> None:
    checked(world, party)
    client = client_of("agent")
    for part in ("name", "address"):
        assert client.post(f"/parties/{party.pk}/vies/{part}").status_code == 302
    fresh = Party.objects.get(pk=party.pk)
    place = fresh.addresses.get()
    assert fresh.legal_name == "LANIFICIO BASSI SPA"
    assert (place.street, place.postal_code, place.city, place.province) == ("VIA PO 1", "10124", "TORINO", "TO")
    assert standing(world, party).differs == []
    with translation.override("en"):
        origins = provenance_of(world.principal("agent"), fresh)
    assert [(origins[name].kind, origins[name].source) for name in ("legal_name", "addresses.0")] == [
        ("register", "VIES")
    ] * 2
    for entry in AuditEntry.objects.filter(action="party.edit").order_by("-at", "-id"):
        undo_operation(world.principal("agent"), entry.operation)
    fresh = Party.objects.get(pk=party.pk)
    assert (fresh.legal_name, fresh.addresses.get().street) == ("Lanificio Bassi S.r.l.", "Via Roma 1")


def test_a_number_that_is_not_valid_has_a_warning_and_nothing_to_take_over(
    world: World, party: Party, vies: Vies, client_of: ClientOf
) -> None:
    vies.known.clear()
    checked(world, party)
    client = client_of("agent")
    assert 'data-mean="bad"' in page_of(client, party)
    client.post(f"/parties/{party.pk}/vies/name")
    assert Party.objects.get(pk=party.pk).legal_name == "Lanificio Bassi S.r.l."


def test_people_and_numbers_from_elsewhere_have_no_such_button(world: World, vies: Vies, client_of: ClientOf) -> None:
    for number in ("", "CHE116281710"):
        party = with_number(world, number)
        assert f"/parties/{party.pk}/vies" not in page_of(client_of("agent"), party)


def test_a_stranger_neither_asks_nor_takes_over(world: World, party: Party, client_of: ClientOf) -> None:
    checked(world, party)
    client = client_of("stranger")
    for address in ("vies", "vies/name"):
        assert client.post(f"/parties/{party.pk}/{address}").status_code == 404
    assert VatCheck.objects.visible_to(world.principal("stranger")).count() == 0
    assert VatCheck.objects.visible_to(world.principal("agent")).count() == 1
    assert client_of("agent").post(f"/parties/{party.pk}/vies/nonsense").status_code == 404


def test_whoever_may_not_know_the_number_is_told_nothing_of_it(world: World, party: Party) -> None:
    checked(world, party)
    blind = replace(world.principal("agent"), masks={"party": frozenset({"vat_number"})})
    assert standing_of(blind, party) is None
    assert not VatCheck.objects.visible_to(blind).exists()
    with pytest.raises(NotFound):
        ask_vies(blind, party)


def test_the_api_asks_reads_and_takes_over(world: World, party: Party) -> None:
    api = api_of(world, "agent")
    assert api.read(f"/parties/{party.pk}/vies").json()["state"] == "none"
    asked = api.send(f"/parties/{party.pk}/vies", None)
    assert (asked.status_code, asked.json()["state"]) == (202, "asking")
    work()
    told = api.read(f"/parties/{party.pk}/vies").json()
    assert (told["state"], told["valid"], told["name"]) == ("valid", True, "LANIFICIO BASSI SPA")
    assert told["differs"] == ["name", "address"]
    taken = api.send(f"/parties/{party.pk}/vies/take-over", {"part": "name"})
    assert (taken.status_code, taken.json()["differs"]) == (200, ["address"])
    assert api_of(world, "stranger").read(f"/parties/{party.pk}/vies").status_code == 404
    assert api_of(world, "stranger").send(f"/parties/{party.pk}/vies", None).status_code == 404
    assert api.read(f"/parties/{world.parties['contact'].pk}/vies").status_code == 404
    assert api.send(f"/parties/{world.parties['shared'].pk}/vies", None).status_code == 422


def test_the_api_says_why_there_is_no_answer(world: World, party: Party, vies: Vies) -> None:
    vies.error = "MS_UNAVAILABLE"
    checked(world, with_number(world, GERMAN))
    found = api_of(world, "agent", language="en").read(f"/parties/{party.pk}/vies").json()
    assert (found["state"], found["valid"]) == ("unanswered", None)
    assert found["why_not"] == "The member state’s register does not answer at the moment."
