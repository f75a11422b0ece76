"""Customers at the API: made, read, changed, binned and restored by the rules of the house."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filo.operational.parties.models import Party, Relationship, StageChange
from filo.testing.api import ApiClient, api_of
from filo.testing.world import World

MARIO: dict[str, Any] = {
    "kind": "person",
    "given_name": "Mario",
    "family_name": "Rossi",
    "language": "it",
    "contact_points": [
        {"type": "email", "value": "mario.rossi@example.it"},
        {"type": "mobile", "value": "+39 333 1234567"},
    ],
    "addresses": [
        {"street": "Via Roma 1", "postal_code": "84121", "city": "Salerno", "province": "SA", "country": "IT"}
    ],
    "relationships": [{"company": "aurora-moda", "product_line": None, "stage": "lead", "area": "nord"}],
    "fields": {},
}


def names(answer: Any) -> list[str]:
    return [item["display_name"] for item in answer.json()["items"]]


def test_the_example_of_the_contract_is_taken_whole(world: World) -> None:
    api = api_of(world, "agent")
    answer = api.send("/parties", MARIO)
    found = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/parties/{found['id']}"
    assert (found["display_name"], found["version"], found["fields"]) == ("Mario Rossi", 1, {})
    points = [(row["type"], row["normalised"], row["preferred"]) for row in found["contact_points"]]
    assert points == [("email", "mario.rossi@example.it", True), ("mobile", "+393331234567", True)]
    assert [(row["city"], row["province"]) for row in found["addresses"]] == [("Salerno", "SA")]
    (ours,) = found["relationships"]
    told = (ours["company"], ours["product_line"], ours["stage"], ours["area"], ours["unit"], ours["owner"]["email"])
    assert told == ("aurora-moda", None, "lead", "nord", "nord", "agent@aurora.example")
    again = api.read(f"/parties/{found['id']}")
    assert again.json() == found
    assert again["ETag"] == answer["ETag"]


@pytest.mark.parametrize(("points", "stage"), [([], "suspect"), ([{"type": "phone", "value": "02 1234567"}], "lead")])
def test_without_relationships_the_rules_choose_the_stage(world: World, points: list[Any], stage: str) -> None:
    body = {"kind": "organisation", "legal_name": "Nuova S.r.l.", "contact_points": points}
    (ours,) = api_of(world, "agent").send("/parties", body).json()["relationships"]
    assert (ours["company"], ours["stage"], ours["owner"]["name"]) == ("aurora-moda", stage, "Agent")


def test_a_bare_stage_is_shorthand_for_the_default_relationship(world: World) -> None:
    body = {"kind": "organisation", "legal_name": "Nuova S.r.l.", "stage": "prospect"}
    (ours,) = api_of(world, "agent").send("/parties", body).json()["relationships"]
    assert (ours["company"], ours["stage"]) == ("aurora-moda", "prospect")
    assert StageChange.objects.get(relationship=ours["id"]).rule == ""


def test_no_relationships_are_none(world: World) -> None:
    body = {"kind": "organisation", "legal_name": "Fornitore S.r.l.", "relationships": []}
    assert api_of(world, "inside").send("/parties", body).json()["relationships"] == []


def test_people_are_named_by_address_or_id_and_lines_by_code(world: World) -> None:
    body = {
        "kind": "organisation",
        "legal_name": "Nuova S.r.l.",
        "relationships": [
            {"company": "aurora-moda", "product_line": "donna", "owner": "Agent@aurora.example", "channel": "agents"},
            {"company": "aurora-casa", "owner": str(world.people["teammate"].id), "members": ["agent@aurora.example"]},
        ],
        "external_identities": [{"system": "erp", "key": "C-1"}],
        "source": "fair",
    }
    found = api_of(world, "inside").send("/parties", body).json()
    told = {
        (row["company"], row["product_line"], row["channel"]): (
            row["owner"]["name"],
            [m["name"] for m in row["members"]],
        )
        for row in found["relationships"]
    }
    assert told == {
        ("aurora-moda", "donna", "agents"): ("Agent", []),
        ("aurora-casa", None, None): ("Teammate", ["Agent"]),
    }
    assert found["external_identities"] == [{"system": "erp", "key": "C-1"}]
    assert found["source"] == "fair"


@pytest.mark.parametrize(
    ("change", "field", "english", "italian"),
    [
        ({"kind": "dog"}, "kind", "Choose one of: person, organisation.", "Scegliere tra: person, organisation."),
        ({"family_name": "", "given_name": ""}, "family_name", "A person needs a given name or a family name.", ""),
        ({"family_name": 7}, "family_name", "Write text.", ""),
        ({"fields": {"shoe_size": 42}}, "fields.shoe_size", "There is no such field.", ""),
        ({"is_admin": True}, "is_admin", "There is no such field.", ""),
        ({"id": "x"}, "id", "There is no such field.", ""),
        ({"owner_id": "x"}, "owner_id", "There is no such field.", ""),
        ({"version": 9}, "version", "There is no such field.", ""),
        ({"created_at": "2020-01-01"}, "created_at", "There is no such field.", ""),
        ({"birth_date": 7}, "birth_date", "Write the date as year-month-day, for instance 1978-03-14.", ""),
        ({"birth_date": "2978-03-14"}, "birth_date", "This date of birth cannot be right.", ""),
        ({"contact_points": {}}, "contact_points", "Write a list.", ""),
        (
            {"contact_points": [{"type": "pigeon", "value": "x"}]},
            "contact_points.0.type",
            "Choose one of: email, pec, phone, mobile, fax, web, social.",
            "",
        ),
        (
            {"contact_points": [{"type": "email", "value": "x@y.it", "preferred": "yes"}]},
            "contact_points.0.preferred",
            "Write true or false.",
            "",
        ),
        (
            {"addresses": [{"city": "x", "province": "ZZ"}]},
            "addresses.0.province",
            "There is no Italian province “ZZ”.",
            "",
        ),
        ({"addresses": [{"latitude": 91}]}, "addresses.0.latitude", "Not more than 90.", ""),
        ({"relationships": [{"company": "x"}]}, "relationships.0.company", "There is nothing with the code “x”.", ""),
        ({"relationships": [{}]}, "relationships.0.company", "This is required.", ""),
        (
            {"relationships": [{"company": "aurora-moda", "area": "ovest"}]},
            "relationships.0.area",
            "There is nothing with the code “ovest”.",
            "",
        ),
        (
            {"relationships": [{"company": "aurora-casa", "product_line": "donna"}]},
            "relationships.0.product_line",
            "This product line belongs to another company.",
            "",
        ),
        (
            {"relationships": [{"company": "aurora-casa"}, {"company": "aurora-casa"}]},
            "relationships.1.company",
            "This relationship is given twice.",
            "",
        ),
        (
            {"relationships": [{"company": "aurora-moda", "owner": "nobody@aurora.example"}]},
            "relationships.0.owner",
            "Choose somebody who works here.",
            "",
        ),
        (
            {"relationships": [{"company": "aurora-moda", "members": ["x"]}]},
            "relationships.0.members.0",
            "Choose somebody who works here.",
            "",
        ),
        ({"stage": "lead"}, "stage", "Give the stage with each relationship, or alone without relationships.", ""),
        (
            {"external_identities": [{"system": "", "key": "1"}]},
            "external_identities.0.system",
            "This is required.",
            "",
        ),
    ],
)
def test_each_wrong_field_is_told_at_its_place(
    world: World, change: dict[str, Any], field: str, english: str, italian: str
) -> None:
    before = Party.objects.count()
    answer = api_of(world, "inside").send("/parties", MARIO | change)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {field: [english]}
    told = api_of(world, "inside", language="it").send("/parties", MARIO | change).json()["fields"]
    assert list(told) == [field]
    if italian:
        assert told[field] == [italian]
    assert Party.objects.count() == before


def test_an_agent_gives_no_customer_to_a_colleague(world: World) -> None:
    body = MARIO | {"relationships": [{"company": "aurora-moda", "owner": "teammate@aurora.example"}]}
    answer = api_of(world, "agent").send("/parties", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert answer.json()["detail"] == "You may only bring in customers of your own."


def test_who_may_not_see_a_field_may_not_write_it_either(world: World) -> None:
    api = api_of(world, "researcher")
    answer = api.send("/parties", MARIO | {"codice_fiscale": "RSSMRA85T10A562S"})
    assert answer.json()["fields"] == {"codice_fiscale": ["There is no such field."]}
    party = world.parties["own"]
    assert api.change(f"/parties/{party.id}", {"birth_date": "1980-01-01"}).status_code == 422
    found = api.read(f"/parties/{party.id}").json()
    assert "codice_fiscale" not in found
    assert "birth_date" not in found
    assert "vat_number" in found
    answer = api.read('/parties?filter={"field":"codice_fiscale","op":"is","value":"x"}')
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-filter")


def test_what_one_may_not_see_is_not_there(world: World) -> None:
    api, party = api_of(world, "stranger"), world.parties["own"]
    assert api.read(f"/parties/{party.id}").status_code == 404
    assert api.change(f"/parties/{party.id}", {"sector": "x"}).status_code == 404
    assert api.read(f"/parties/{party.id}/timeline").status_code == 404
    assert api.read(f"/parties/{party.id}/relations").status_code == 404
    assert names(api.read("/parties")) == ["Moda Sud S.p.A."]


def test_two_agents_on_one_customer_see_only_their_own_relationship(world: World) -> None:
    party = world.parties["shared"]
    seen = {
        name: sorted(
            row["product_line"] for row in api_of(world, name).read(f"/parties/{party.id}").json()["relationships"]
        )
        for name in ("agent", "teammate", "manager")
    }
    assert seen == {"agent": ["donna"], "teammate": ["uomo"], "manager": ["donna", "uomo"]}


def test_only_the_fields_that_are_sent_change(world: World) -> None:
    api, party = api_of(world, "agent"), world.parties["own"]
    before = api.read(f"/parties/{party.id}").json()
    answer = api.change(f"/parties/{party.id}", {"sector": "Tessile"})
    after = answer.json()
    assert answer.status_code == 200
    assert (after["sector"], after["version"]) == ("Tessile", 2)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sector", "version", "updated_at"}
    assert api.change(f"/parties/{party.id}", {}).json()["version"] == 2


def test_lists_are_replaced_whole_and_what_stays_keeps_its_id(world: World) -> None:
    api, party = api_of(world, "agent"), world.parties["own"]
    before = api.read(f"/parties/{party.id}").json()["contact_points"]
    points = [{"type": "email", "value": "info@lanificio.example"}, {"type": "web", "value": "lanificio.example"}]
    after = api.change(f"/parties/{party.id}", {"contact_points": points, "addresses": []}).json()
    assert [row["type"] for row in after["contact_points"]] == ["email", "web"]
    assert after["contact_points"][0]["id"] == before[0]["id"]
    assert after["addresses"] == []


@pytest.mark.parametrize("change", [{"kind": "person"}, {"stage": "lead"}, {"relationships": []}, {"source": "x"}])
def test_what_a_change_cannot_change_is_refused(world: World, change: dict[str, Any]) -> None:
    answer = api_of(world, "agent").change(f"/parties/{world.parties['own'].id}", change)
    assert answer.json()["fields"] == {name: ["There is no such field."] for name in change}


def test_an_organisation_needs_its_name(world: World) -> None:
    answer = api_of(world, "agent").change(f"/parties/{world.parties['own'].id}", {"legal_name": None})
    assert answer.json()["fields"] == {"legal_name": ["An organisation needs a name."]}


def test_whoever_saves_second_is_told_what_differs(world: World) -> None:
    api, party = api_of(world, "agent"), world.parties["own"]
    path = f"/parties/{party.id}"
    tag = api.read(path)["ETag"]
    assert api.change(path, {"sector": "Tessile", "notes": "n"}, If_Match=tag).status_code == 200
    answer = api.change(path, {"sector": "Moda", "notes": "n"}, If_Match=tag)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert answer.json()["differing"] == {"sector": {"theirs": "Tessile", "yours": "Moda"}}
    assert (answer.json()["version"], answer.json()["etag"]) == (2, '"2"')
    assert api.read(path).json()["sector"] == "Tessile"
    assert api.change(path, {"sector": "Moda"}, If_Match='"2"').status_code == 200
    assert api.change(path, {"sector": "Pelle"}, If_Match="*").status_code == 200
    assert api.change(path, {"sector": "Seta"}, If_Match='"1", W/"4"').status_code == 200
    assert api.change(path, {"sector": "Lino"}, If_Match="4").json()["code"] == "bad-if-match"


def test_what_is_known_is_not_sent_again(world: World) -> None:
    api, party = api_of(world, "manager"), world.parties["own"]
    first = api.read(f"/parties/{party.id}")
    again = api.read(f"/parties/{party.id}", If_None_Match=f'"x", {first["ETag"]}')
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    relationship = first.json()["relationships"][0]["id"]
    api.send(f"/relationships/{relationship}/stage", {"stage": "prospect", "reason": "asked"})
    later = api.read(f"/parties/{party.id}", If_None_Match=first["ETag"])
    assert later.status_code == 200  # the facts are of the same version, what is shown is not
    assert later.json()["relationships"][0]["stage"] == "prospect"


def test_the_bin_gives_back_what_went_in(world: World) -> None:
    api, party = api_of(world, "manager"), world.parties["own"]
    path = f"/parties/{party.id}"
    before = api.read(path).json()
    assert api.remove(path, If_Match='"7"').json()["code"] == "stale"
    gone = api.remove(path, If_Match='"1"')
    assert (gone.status_code, gone.content) == (204, b"")
    assert api.read(path).status_code == 404
    assert api.remove(path).status_code == 404
    back = api.send(f"{path}/restore")
    assert back.status_code == 200
    assert back.json() == before
    assert api.send(f"{path}/restore").status_code == 404


def test_only_who_could_delete_restores(world: World) -> None:
    party = world.parties["own"]
    api_of(world, "manager").remove(f"/parties/{party.id}")
    assert api_of(world, "agent").send(f"/parties/{party.id}/restore").status_code == 403
    assert api_of(world, "other_manager").send(f"/parties/{party.id}/restore").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Anna Bassi", "Boutique D'Àlò", "Emporio Conti S.n.c.", "Lanificio Bassi S.r.l."]),
        ("sort=-name", ["Lanificio Bassi S.r.l.", "Emporio Conti S.n.c.", "Boutique D'Àlò", "Anna Bassi"]),
        ("sort=created&limit=1", ["Lanificio Bassi S.r.l."]),
        ("q=bas", ["Anna Bassi", "Lanificio Bassi S.r.l."]),
        ('filter={"field":"kind","op":"is","value":"person"}', ["Anna Bassi"]),
        ('filter={"field":"stage","op":"is","value":"customer"}', ["Emporio Conti S.n.c."]),
        (
            'filter={"and":[{"field":"owner","op":"is","value":"me"},{"not":{"field":"province","op":"is","value":"MI"}}]}',
            ["Boutique D'Àlò", "Emporio Conti S.n.c."],
        ),
    ],
)
def test_the_list_is_narrowed_and_ordered(world: World, query: str, found: list[str]) -> None:
    answer = api_of(world, "agent").read(f"/parties?{query}")
    assert names(answer) == found
    assert answer.json()["count_is_exact"] is True


@pytest.mark.parametrize(
    "tree",
    [
        '{"field":"owner__password__startswith","op":"is","value":"a"}',
        '{"field":"owner","op":"is","value":"not-an-id"}',
        '{"field":"stage","op":"is","value":"dog"}',
        '{"field":"created","op":"within-days","value":Infinity}',
        '{"field":"created","op":"within-days","value":-99999999999999}',
        '{"field":"created","op":"before","value":"x"}',
        '{"field":"sector","op":"is","value":"a\\u0000b"}',
        '{"field":"sector","op":"is","value":"\\ud800"}',
        '{"field":["sector"]}',
        '{"field":"sector","op":["is"]}',
        '{"and":7}',
        "[]",
        "7",
    ],
)
def test_a_filter_that_means_nothing_is_refused(world: World, tree: str) -> None:
    answer = api_of(world, "agent").read(f"/parties?filter={tree}")
    assert answer.status_code == 400
    assert answer.json()["code"] in ("bad-filter", "unreadable")


def test_a_list_can_be_asked_for_less(world: World) -> None:
    api = api_of(world, "agent")
    (first, *_rest) = api.read("/parties?fields=display_name,version").json()["items"]
    assert sorted(first) == ["display_name", "id", "version"]
    assert api.read("/parties?fields=password").json()["code"] == "unknown-field"


@pytest.mark.parametrize("name", ["agent", "manager", "admin"])
def test_a_list_of_fifty_takes_twelve_queries_at_most(world: World, name: str) -> None:
    api = api_of(world, "agent")
    for number in range(50):
        api.send("/parties", MARIO | {"family_name": f"Rossi {number}"})
    asking = api_of(world, name)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = asking.read("/parties?limit=50")
    assert len(answer.json()["items"]) == 50
    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(_asked(told)) <= 12


def test_one_party_is_read_and_made_in_a_fixed_number_of_queries(world: World) -> None:
    api = api_of(world, "manager")
    assert _count(api, "GET", f"/parties/{world.parties['shared'].id}") <= 15


def _count(api: ApiClient, method: str, path: str, body: Any = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        api.ask(method, path, body)
    return len(_asked([query["sql"] for query in queries]))


def _asked(statements: list[str]) -> list[str]:
    """Without the fingerprints that the checked client takes."""
    return [sql for sql in statements if " WHERE " in sql or "INSERT" in sql or "UPDATE" in sql or " JOIN " in sql]


def test_nothing_of_another_party_can_be_taken_by_its_external_identity(world: World) -> None:
    api = api_of(world, "inside")
    body = {"kind": "person", "family_name": "Verdi", "external_identities": [{"system": "erp", "key": "1"}]}
    assert api.send("/parties", body).status_code == 201
    answer = api.send("/parties", body)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["external_identities"]
    assert Relationship.objects.filter(party__family_name="Verdi").count() == 1
