"""A field that an administrator made is at once in form, card, API and filter, and asked for where it is required."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.fields.queries import field_values_in_order
from filo.foundation.fields.services.making import make_field
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.editing import edit_party, facts_of
from filo.operational.parties.services.stages import move_stage
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

KINDS = ("text", "long-text", "number", "money", "date", "choice", "choices", "relation")
CHOICES = [{"it": "Rosso", "en": "Red"}, {"it": "Blu scuro", "en": "Dark blue"}, {"it": "Verde", "en": "Green"}]


def made(world: World, kind: str, *, label: str = "", **more: Any) -> CustomField:
    facts = {"label_it": label or f"Il {kind}", "label_en": label or f"The {kind}", "kind": kind, "choices": CHOICES}
    return make_field(world.principal("admin"), "party", facts | more)


def kept(party: Party) -> Party:
    return Party.objects.get(pk=party.pk)


def found(world: World, who: str, field: str, op: str, value: Any = None) -> list[str]:
    tree = quote(json.dumps({"field": field, "op": op, "value": value}))
    answer = api_of(world, who).read(f"/parties?filter={tree}")
    assert answer.status_code == 200, answer.json()
    return [item["display_name"].split()[0] for item in answer.json()["items"]]


def test_every_kind_is_typed_on_the_form_and_shown_on_the_card(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    for kind in KINDS:
        made(world, kind)
    own, contact = world.parties["own"], world.parties["contact"]
    agent = client_of("agent")
    form = values_of(agent.get(f"/parties/{own.id}/edit").content.decode(), containing="legal_name")
    typed = {
        "fields.il-text": "Filatura  cardata",
        "fields.il-long-text": "Prima riga\nSeconda riga",
        "fields.il-number": "1.250,5",
        "fields.il-money": "€ 12.500",
        "fields.il-date": "2026-03-14",
        "fields.il-choice": "blu-scuro",
        "fields.il-choices": ["verde", "rosso"],
        "fields.il-relation": str(contact.id),
    }
    assert agent.post(f"/parties/{own.id}/edit", form | typed).status_code == 302
    assert kept(own).fields == {
        "il-text": "Filatura cardata",
        "il-long-text": "Prima riga\nSeconda riga",
        "il-number": "1250.5",
        "il-money": "12500.00",
        "il-date": "2026-03-14",
        "il-choice": "blu-scuro",
        "il-choices": ["rosso", "verde"],
        "il-relation": str(contact.id),
    }
    card = agent.get(f"/parties/{own.id}").content.decode()
    for words in ("1.250,5", "12.500\u00a0€", "14 marzo 2026", "Blu scuro", "Rosso, Verde", "Anna Bassi"):
        assert words in card, words
    again = values_of(agent.get(f"/parties/{own.id}/edit").content.decode(), containing="legal_name")
    assert (again["fields.il-number"], again["fields.il-relation"]) == ("1250,5", str(contact.id))
    world.people["agent"].language = "en"
    world.people["agent"].save()
    english = client_of("agent").get(f"/parties/{own.id}").content.decode()
    for words in ("1,250.5", "€12,500", "14 March 2026", "Dark blue", "The text"):
        assert words in english, words


def test_it_is_written_and_read_at_the_api_and_described_there_at_once(world: World) -> None:
    made(world, "number", label="Taglia")
    made(world, "choices", label="Colori")
    document = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]
    described = document["PartyBody"]["properties"]["fields"]
    assert list(described["properties"]) == ["taglia", "colori"]
    assert described["additionalProperties"] is False
    api = api_of(world, "agent")
    body = {"kind": "organisation", "legal_name": "Nuova S.r.l.", "fields": {"taglia": 4.5, "colori": ["verde"]}}
    answer = api.send("/parties", body).json()
    assert answer["fields"] == {"taglia": "4.5", "colori": ["verde"]}
    changed = api.change(f"/parties/{answer['id']}", {"fields": {"taglia": "12.25"}}).json()
    assert changed["fields"] == {"taglia": "12.25", "colori": ["verde"]}
    emptied = api.change(f"/parties/{answer['id']}", {"fields": {"colori": None}}).json()
    assert emptied["fields"] == {"taglia": "12.25"}
    assert [str(row.number) for row in FieldValue.objects.filter(object_id=answer["id"])] == ["12.250000"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "x" * 201),
        ("text", 5),
        ("number", "1.250,50"),
        ("number", "tanti"),
        ("number", True),
        ("number", 1e30),
        ("money", "12.345"),
        ("date", "14/03/2026"),
        ("choice", "giallo"),
        ("choice", ["rosso"]),
        ("choices", ["rosso", "giallo"]),
        ("choices", [{"code": "rosso"}]),
        ("relation", "Bassi"),
        ("relation", "01a2019c-7fd7-7c53-bc80-8be9dfea212e"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_at_it(world: World, kind: str, value: Any) -> None:
    field = made(world, kind)
    answer = api_of(world, "agent").change(f"/parties/{world.parties['own'].id}", {"fields": {field.code: value}})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field.name])
    assert kept(world.parties["own"]).fields == {}


def test_all_that_is_wrong_is_told_at_once(world: World) -> None:
    made(world, "number", label="Taglia")
    with pytest.raises(InvalidFields) as refusal:
        edit_party(
            world.principal("agent"),
            world.parties["own"],
            {"fields.taglia": "tanto", "fields.altro": 1, "legal_name": ""},
            version=None,
        )
    assert set(refusal.value.fields) == {"fields.taglia", "fields.altro", "legal_name"}


def test_somebody_one_does_not_see_is_neither_chosen_nor_named_nor_lost(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    made(world, "relation", label="Gruppo")
    shared, southern = world.parties["shared"], world.parties["southern"]
    with pytest.raises(InvalidFields):
        edit_party(world.principal("agent"), shared, {"fields.gruppo": str(southern.id)}, version=None)
    edit_party(world.principal("boss"), shared, {"fields.gruppo": str(southern.id)}, version=None)
    agent = client_of("agent")
    assert "Moda Sud" not in agent.get(f"/parties/{shared.id}").content.decode()
    page = agent.get(f"/parties/{shared.id}/edit").content.decode()
    assert f'value="{southern.id}"' not in page
    assert api_of(world, "agent").read(f"/parties/{shared.id}").json()["fields"] == {}
    assert found(world, "agent", "fields.gruppo", "is", str(southern.id)) == []
    form = values_of(page, containing="legal_name")
    assert agent.post(f"/parties/{shared.id}/edit", form | {"sector": "Lana"}).status_code == 302
    assert kept(shared).fields == {"gruppo": str(southern.id)}
    assert found(world, "boss", "fields.gruppo", "is", str(southern.id)) == ["Emporio"]


def test_writers_of_different_fields_are_both_kept_and_of_the_same_are_asked(world: World) -> None:
    made(world, "choices", label="Colori")
    made(world, "number", label="Taglia")
    party = kept(world.parties["own"])
    base = json.loads(json.dumps(facts_of(party), default=str))
    manager, agent = world.principal("manager"), world.principal("agent")
    edit_party(manager, party, {"fields.colori": ["rosso"], "fields.taglia": None}, version=1, base=base)
    edit_party(agent, party, {"fields.taglia": "42", "fields.colori": []}, version=1, base=base)
    assert kept(party).fields == {"colori": ["rosso"], "taglia": "42"}
    with pytest.raises(Stale) as refusal:
        edit_party(agent, party, {"fields.colori": ["verde"]}, version=1, base=base)
    assert refusal.value.differing == {"fields.colori": (["rosso"], ["verde"])}


def test_a_collision_is_shown_in_words(world: World, client_of: Callable[..., CheckedClient]) -> None:
    made(world, "choice", label="Colore")
    own, agent = world.parties["own"], client_of("agent")
    form = values_of(agent.get(f"/parties/{own.id}/edit").content.decode(), containing="legal_name")
    edit_party(world.principal("manager"), own, {"fields.colore": "rosso"}, version=None)
    answer = agent.post(f"/parties/{own.id}/edit", form | {"fields.colore": "blu-scuro"})
    page = answer.content.decode()
    assert answer.status_code == 412
    assert '<th scope="row">Colore</th><td>Rosso</td><td>Blu scuro</td>' in page


def test_a_field_narrows_the_list_by_the_operators_of_its_kind(world: World) -> None:
    for kind in KINDS:
        made(world, kind)
    boss = world.principal("boss")
    values = {
        "own": ("Città alta", 5, "10.50", "2026-01-10", "rosso", ["rosso", "verde"]),
        "southern": ("citta bassa", 12, "900", "2026-06-01", "verde", ["verde"]),
    }
    for key, (text, number, money, day, choice, choices) in values.items():
        data = {"il-text": text, "il-number": number, "il-money": money, "il-date": day}
        data |= {"il-choice": choice, "il-choices": choices, "il-relation": str(world.parties["contact"].id)}
        facts = {f"fields.{code}": value for code, value in data.items()}
        edit_party(boss, world.parties[key], facts, version=None)
    asked: list[tuple[str, str, Any, list[str]]] = [
        ("il-text", "is", "CITTÀ ALTA", ["Lanificio"]),
        ("il-text", "contains", "citta", ["Lanificio", "Moda"]),
        ("il-number", "more", 5, ["Moda"]),
        ("il-number", "less", "12", ["Lanificio"]),
        ("il-money", "is", "10.5", ["Lanificio"]),
        ("il-date", "before", "2026-03-01", ["Lanificio"]),
        ("il-date", "after", "2026-03-01", ["Moda"]),
        ("il-choice", "in", ["rosso", "verde"], ["Lanificio", "Moda"]),
        ("il-choices", "is", "rosso", ["Lanificio"]),
        ("il-relation", "set", None, ["Lanificio", "Moda"]),
        ("il-long-text", "set", None, []),
    ]
    for code, op, value, names in asked:
        assert found(world, "boss", f"fields.{code}", op, value) == names, (code, op)
    assert found(world, "agent", "fields.il-text", "contains", "citta") == ["Lanificio"]
    others = [name for name in found(world, "boss", "fields.il-number", "empty") if name in ("Lanificio", "Moda")]
    assert others == []
    assert "Moda" in found(world, "boss", "fields.il-choices", "is-not", "rosso")
    rows = field_values_in_order(CustomField.objects.get(code="il-number"))
    assert [row.object_id for row in rows] == [world.parties["own"].id, world.parties["southern"].id]


@pytest.mark.parametrize(
    ("kind", "op", "value"),
    [("number", "more", "tanti"), ("date", "before", "ieri"), ("choice", "is", "giallo"), ("text", "more", "5")],
)
def test_a_filter_that_makes_no_sense_is_refused(world: World, kind: str, op: str, value: Any) -> None:
    field = made(world, kind)
    tree = quote(json.dumps({"field": field.name, "op": op, "value": value}))
    answer = api_of(world, "agent").read(f"/parties?filter={tree}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-filter")


def test_what_a_stage_requires_is_asked_for_before_somebody_is_moved_there(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    made(world, "money", label="Budget", required={"stages": ["prospect"]})
    own, agent = world.parties["own"], world.principal("agent")
    row = Relationship.objects.get(party=own)
    with pytest.raises(InvalidFields) as refusal:
        move_stage(agent, row, to="prospect", reason="Ha chiesto un'offerta")
    (sentence,) = refusal.value.fields["fields.budget"]
    assert str(sentence) == "«Budget» è obbligatorio nello stadio «prospect»: compilalo."
    form = {"stage": "prospect", "reason": "Offerta", "version": str(row.version)}
    page = client_of("agent").post(f"/relationships/{row.id}/stage", form)
    assert page.status_code == 422
    assert "«Budget» è obbligatorio nello stadio «prospect»" in page.content.decode()
    edit_party(agent, own, {"fields.budget": "1000"}, version=None)
    assert move_stage(agent, row, to="prospect", reason="Ha chiesto un'offerta").stage == "prospect"
    with pytest.raises(InvalidFields):
        edit_party(agent, own, {"fields.budget": ""}, version=None)
    edit_party(agent, own, {"sector": "Lana"}, version=None)


def test_what_a_role_requires_is_asked_of_that_role_alone(world: World) -> None:
    made(world, "text", label="Fonte", required={"roles": ["agent"]})
    firm = {"kind": "organisation", "legal_name": "Nuova S.r.l."}
    with pytest.raises(InvalidFields) as refusal:
        create_party(world.principal("agent"), firm)
    assert list(refusal.value.fields) == ["fields.fonte"]
    assert create_party(world.principal("boss"), firm).fields == {}
    assert create_party(world.principal("agent"), firm | {"fields.fonte": "Fiera"}).fields == {"fonte": "Fiera"}


def test_the_page_of_customers_is_narrowed_by_a_field_in_its_address(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    made(world, "choice", label="Colore")
    made(world, "number", label="Taglia")
    edit_party(
        world.principal("agent"), world.parties["own"], {"fields.colore": "rosso", "fields.taglia": 5}, version=None
    )
    for query in ("fields.colore=rosso", "fields.taglia=more:4"):
        page = client_of("agent").get(f"/parties?{query}").content.decode()
        assert "Lanificio Bassi" in page, query
        assert "Emporio Conti" not in page, query
