"""Chips: conditions in the words of the reader, each with the filter that is left without it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override

from filo.foundation import clock
from filo.foundation.errors import BadRequest
from filo.foundation.filters.chips import chips_of
from filo.foundation.filters.controls import control_of, operators_of
from filo.foundation.filters.fields import FilterField
from filo.foundation.filters.words import OPERATOR_LABELS
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery
from filo.testing.world import World

NORTH, SOUTH = ({"field": "area", "op": "is", "value": code} for code in ("nord", "sud"))
CUSTOMER = {"field": "stage", "op": "is", "value": "customer"}
CASES = [
    ({"field": "area", "op": "in", "value": ["nord", "sud"]}, "Area is Nord or Sud", "Area è Nord o Sud"),
    ({"field": "stage", "op": "is-not", "value": "customer"}, "Stage is not Customer", "Stadio non è Cliente"),
    ({"not": CUSTOMER}, "Stage is not Customer", "Stadio non è Cliente"),
    (
        {"field": "last_contact", "op": "within-days", "value": "90"},
        "Last contact in the last 90 days",
        "Ultimo contatto negli ultimi 90 giorni",
    ),
    (
        {"field": "last_contact", "op": "older-than-days", "value": 1},
        "Last contact more than 1 day ago, or never",
        "Ultimo contatto più di 1 giorno fa, o mai",
    ),
    (
        {"field": "created", "op": "before", "value": "2026-03-01"},
        "Entered before 1 March 2026",
        "Inserito prima del 1 marzo 2026",
    ),
    ({"field": "created", "op": "last-month"}, "Entered last month", "Inserito il mese scorso"),
    ({"field": "sector", "op": "contains", "value": "lana"}, "Sector contains “lana”", "Settore contiene “lana”"),
    ({"not": {"field": "sector", "op": "empty"}}, "Sector is there", "Settore c’è"),
    (
        {"not": {"field": "area", "op": "in", "value": ["nord", "sud"]}},
        "Area is neither Nord nor Sud",
        "Area non è né Nord né Sud",
    ),
    (
        {"or": [NORTH, CUSTOMER]},
        "any of: Area is Nord or else Stage is Customer",
        "una tra: Area è Nord oppure Stadio è Cliente",
    ),
    (
        {"not": {"or": [SOUTH, {"and": [NORTH, CUSTOMER]}]}},
        "not: (Area is Sud or else (Area is Nord and Stage is Customer))",
        "non: (Area è Sud oppure (Area è Nord e Stadio è Cliente))",
    ),
    ({"field": "owner", "op": "is", "value": "me"}, "Who follows it is me", "Chi lo segue è me"),
]


@pytest.mark.parametrize(("tree", "english", "italian"), CASES, ids=[case[1] for case in CASES])
def test_a_condition_is_said_in_both_languages(world: World, tree: dict[str, Any], english: str, italian: str) -> None:
    for language, expected in (("en", english), ("it", italian)):
        with override(language):
            assert [chip.sentence for chip in chips_of(tree, PARTY_FILTERS, world.principal("admin"))] == [expected]


def test_a_chip_knows_what_is_left_without_it(world: World) -> None:
    chips = chips_of({"and": [NORTH, {"and": [CUSTOMER]}]}, PARTY_FILTERS, world.principal("admin"))
    assert [(chip.path, chip.tree, chip.without) for chip in chips] == [
        ("0", NORTH, {"and": [CUSTOMER]}),
        ("1", CUSTOMER, {"and": [NORTH]}),
    ]
    assert chips_of(NORTH, PARTY_FILTERS, world.principal("admin"))[0].without is None
    assert chips_of(None, PARTY_FILTERS, world.principal("admin")) == []


@pytest.mark.parametrize("name", ["codice_fiscale", "nothing_like_it"])
def test_a_masked_name_is_as_unknown_as_one_that_is_not_there(world: World, name: str) -> None:
    with override("en"), pytest.raises(BadRequest, match="There is no field"):
        chips_of({"field": name, "op": "is", "value": "x"}, PARTY_FILTERS, world.principal("researcher"))


def test_every_declared_operator_has_words_and_a_control(world: World) -> None:
    values: dict[str, Any] = {"in": ["1", "2"], "before": "2026-01-01", "after": "2026-01-01"}
    for field in PARTY_FILTERS.known_to(world.principal("admin")).values():
        for operator in field.operators:
            tree = {"field": field.name, "op": operator, "value": values.get(operator, "3")}
            for language in ("it", "en"):
                with override(language):
                    said = chips_of(tree, PARTY_FILTERS, world.principal("admin"))[0].words
                    turned = chips_of({"not": tree}, PARTY_FILTERS, world.principal("admin"))[0].words
                    assert said != turned, (field.name, operator)
                    assert str(OPERATOR_LABELS[operator]), operator
        for operator in operators_of(field):
            controls = ("none", "days", "day", "number", "text", "boxes", "several", "one")
            assert control_of(field, operator) in controls, (field.name, operator)


def test_a_field_that_takes_one_value_offers_one(world: World) -> None:
    field = FilterField("x", "x", ("is",), lambda *_: None, lambda _principal: [("a", "A")])  # type: ignore[arg-type]
    assert control_of(field, "is", 1) == "one"


def found(world: World, person: str, tree: dict[str, Any]) -> set[str]:
    rows = PartyListing(world.principal(person), ListQuery(tree=tree)).page.rows
    keys = {party.id: key for key, party in world.parties.items()}
    return {keys[party.id] for party in rows}


def test_days_are_those_of_the_reader_and_move_with_the_clock(world: World) -> None:
    everybody = set(world.parties)
    now = clock.now()
    with clock.at(now):
        assert found(world, "admin", {"field": "created", "op": "today"}) == everybody
        assert found(world, "admin", {"field": "created", "op": "this-month"}) == everybody
        assert found(world, "admin", {"field": "last_contact", "op": "this-week"}) == {"shared", "southern"}
    following = datetime(now.year + (now.month == 12), now.month % 12 + 1, 15, 12, tzinfo=UTC)
    with clock.at(following):
        assert found(world, "admin", {"field": "created", "op": "today"}) == set()
        assert found(world, "admin", {"field": "created", "op": "last-month"}) == everybody
        heard = {"field": "last_contact", "op": "last-month"}
        assert found(world, "admin", heard) == {"shared", "southern"}
        assert found(world, "agent", heard) == {"shared"}
        assert found(world, "agent", {"field": "last_contact", "op": "set"}) == {"shared"}
