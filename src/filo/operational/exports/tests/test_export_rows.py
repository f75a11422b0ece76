"""What stands in a file: the rows, the order and the columns of the list, and everything beside a customer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation

from filo.foundation.access.models import Role
from filo.foundation.access.principal import system
from filo.foundation.fields.models import CustomField
from filo.foundation.rest.answers import as_json
from filo.operational.activities.services import add_task
from filo.operational.exports import writing
from filo.operational.exports.tests.taking import documents, rows, table, taken
from filo.operational.parties.models import Party
from filo.operational.parties.queries.representations import parties_shown
from filo.operational.parties.services.arrivals import create_party
from filo.operational.service.services import open_ticket
from filo.testing.world import BUILDER, World

SOUTH = {"field": "area", "op": "is", "value": "sud"}


def names(world: World, who: str = "admin", **wish: Any) -> list[str]:
    return [row["Name"] for row in english(world, who, columns=("name",), **wish)]


def english(world: World, who: str, what: str = "parties", **wish: Any) -> list[dict[str, str]]:
    with translation.override("en"):
        return rows(world.principal(who), what, **wish)


def test_the_order_and_the_filter_are_those_of_the_list(world: World) -> None:
    everybody = sorted(party.display_name for party in world.parties.values())
    assert sorted(names(world)) == everybody
    assert names(world, sort="name") == list(reversed(names(world, sort="-name")))
    assert names(world, tree=SOUTH, sort="name") == ["Calzature Neri", "Moda Sud S.p.A."]
    assert names(world, words="emporio") == ["Emporio Conti S.n.c."]
    assert names(world, sort="-last_contact")[:2] == ["Moda Sud S.p.A.", "Emporio Conti S.n.c."]


def test_a_long_list_is_whole_in_every_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        create_party(BUILDER, {"kind": "organisation", "legal_name": f"Ditta {number}"}, relationships=[])
    monkeypatch.setattr(writing, "CHUNK", 3)
    for who in ("admin", "manager"):
        whole = names(world, who, sort="name")
        assert len(whole) == len(set(whole)) == Party.objects.visible_to(world.principal(who)).count()
        for sort in ("-name", "created", "-created", "updated", "-updated", "last_contact", "-last_contact"):
            assert sorted(names(world, who, sort=sort)) == sorted(whole), (who, sort)


def test_the_columns_of_the_list_in_their_order(world: World) -> None:
    found = english(world, "admin", columns=("name", "owner", "email"), tree=SOUTH, sort="name")
    assert [list(row) for row in found] == [["Name", "Who follows it", "E-mail"]] * 2
    assert found[1]["Who follows it"] == "Stranger"
    usual = english(world, "admin", columns=())
    assert list(usual[0]) == ["Name", "Stage", "Place", "Who follows it", "Last contact"]


def test_all_columns_hold_contact_points_addresses_relationships_and_the_firm(world: World) -> None:
    party = world.parties["own"]
    found = english(
        world,
        "admin",
        what="organisations",
        tree={"field": "owner", "op": "is", "value": str(world.people["agent"].id)},
    )
    [own] = [row for row in found if row["Company name"] == party.legal_name]
    assert (own["E-mail"], own["Phone"], own["City"], own["Province"]) == (
        "info@lanificio.example", "02 1234567", "Milano", "MI",
    )  # fmt: skip
    assert (own["Selling company"], own["Owner"], own["Area"], own["Stage"]) == (
        "Aurora Moda", "agent@aurora.example", "Nord", "Lead",
    )  # fmt: skip
    [shared] = [row for row in found if row["Company name"].startswith("Emporio")]
    assert shared["Product line"] == "Donna"
    assert shared["Further relationships"] == "Aurora Moda, Uomo: Suspect, teammate@aurora.example, Nord"
    [anna] = english(world, "admin", what="people")
    assert (anna["Given name"], anna["Family name"], anna["Title"]) == ("Anna", "Bassi", "Sig.ra")
    assert (anna["Organisation"], anna["Position"]) == ("Lanificio Bassi S.r.l.", "Acquisti")


def test_the_firms_own_fields_are_columns_with_numbers_as_numbers(world: World) -> None:
    CustomField.objects.create(entity="party", code="grade", kind="number", label_en="Grade", label_it="Grado")
    choices = [{"code": "g", "it": "Oro", "en": "Gold"}]
    CustomField.objects.create(entity="party", code="tier", kind="choice", label_en="Tier", choices=choices)
    Party.objects.filter(pk=world.parties["southern"].pk).update(fields={"grade": "12.5", "tier": "g"})
    [row] = english(world, "admin", what="organisations", words="moda sud")
    assert (row["Grade"], row["Tier"]) == ("12,5", "Gold")
    content = taken(world.principal("admin"), "organisations", "csv-comma", words="moda sud").path.read_bytes()
    assert table(content, ",")[0]["Grado"] == "12.5"


def test_a_masked_column_is_not_there(world: World) -> None:
    role = Role.objects.get(code="management")
    role.masks = {"party": ["vat_number", "notes"]}
    role.save()
    Party.objects.filter(pk=world.parties["own"].pk).update(vat_number="01234567890", notes="canary of the notes")
    for form in ("csv", "json", "vcf"):
        content = taken(world.principal("boss"), "parties", form).path.read_text()
        assert "01234567890" not in content, form
        assert "canary" not in content, form
    assert "VAT number" not in english(world, "boss")[0]
    assert "VAT number" in english(world, "admin")[0]


def test_an_area_manager_takes_out_what_he_sees_and_no_relationship_more(world: World) -> None:
    found = english(world, "manager", columns=("name", "owner"))
    assert {row["Name"] for row in found} == {
        world.parties[key].display_name for key in ("own", "shared", "joined", "teammates", "contact")
    }


def test_json_is_what_the_api_shows(world: World) -> None:
    export = taken(world.principal("manager"), "parties", "json", sort="name")
    principal = world.principal("manager")
    shown = parties_shown(principal, list(Party.objects.visible_to(principal).order_by("sort_name", "id")))
    assert documents(export.path) == json.loads(as_json(shown))


def test_requests_can_be_taken_out_as_far_as_one_sees_them(world: World) -> None:
    post = system("mail")
    for name in ("shared", "southern"):
        open_ticket(post, subject=f"about {name}", party=world.parties[name], contact_address="rossi@example.com")
    [mine] = english(world, "manager", what="tickets")
    assert (mine["What the customer asks for"], mine["Customer"], mine["State"]) == (
        "about shared", "Emporio Conti S.n.c.", "New",
    )  # fmt: skip
    everybodys = documents(taken(world.principal("boss"), "tickets", "json").path)
    assert {row["subject"] for row in everybodys} == {"about shared", "about southern"}


def test_tasks_and_interactions_can_be_taken_out_too(world: World) -> None:
    add_task(world.principal("agent"), title="Call back", party=world.parties["shared"])
    [task] = english(world, "manager", what="tasks", tree={"field": "done", "op": "is", "value": False})
    assert (task["What is to be done"], task["Customer"], task["For"]) == (
        "Call back", "Emporio Conti S.n.c.", "agent@aurora.example",
    )  # fmt: skip
    calls = english(world, "manager", what="interactions", sort="at")
    assert [row["Subject"] for row in calls] == ["subject of agents_call", "subject of teammates_call"]
    assert {row["subject"] for row in documents(taken(world.principal("boss"), "interactions", "json").path)} == {
        "subject of agents_call", "subject of teammates_call", "subject of strangers_call",
    }  # fmt: skip
