"""Who is what to whom: with dates in order, once, seen from both sides, by whoever may."""

from __future__ import annotations

from datetime import date

import pytest

from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.queries.card import related
from filo.operational.parties.services.relations import add_contact, relate, unrelate
from filo.testing.world import World

CARLA = {"given_name": "Carla", "family_name": "Monti"}


def test_a_relation_does_not_end_before_it_begins(world: World) -> None:
    with pytest.raises(InvalidFields) as refusal:
        relate(
            world.principal("boss"),
            world.parties["contact"],
            to=world.parties["southern"],
            role="contact",
            valid_from=date(2026, 5, 2),
            valid_to=date(2026, 5, 1),
        )
    assert list(refusal.value.fields) == ["valid_to"]
    assert not PartyRelation.objects.filter(to_party=world.parties["southern"]).exists()


def test_a_relation_may_last_a_single_day(world: World) -> None:
    day = date(2026, 5, 1)
    found = relate(
        world.principal("boss"),
        world.parties["contact"],
        to=world.parties["southern"],
        role="contact",
        valid_from=day,
        valid_to=day,
    )
    assert (found.valid_from, found.valid_to) == (day, day)


def test_a_relation_is_seen_from_both_sides(world: World) -> None:
    agent, firm, person = world.principal("agent"), world.parties["own"], world.parties["contact"]
    from_person, from_firm = related(agent, person), related(agent, firm)
    assert [(each.other, each.forward, each.row.job_title) for each in from_person] == [(firm, True, "Acquisti")]
    assert [(each.other, each.forward, each.row.job_title) for each in from_firm] == [(person, False, "Acquisti")]


def test_a_side_that_one_does_not_see_is_not_shown(world: World) -> None:
    relate(world.principal("boss"), world.parties["contact"], to=world.parties["southern"], role="contact")
    shown = related(world.principal("agent"), world.parties["contact"])
    assert [each.other for each in shown] == [world.parties["own"]]


def test_the_same_relation_is_refused_a_second_time(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        relate(world.principal("agent"), world.parties["contact"], to=world.parties["own"], role="contact")
    assert refusal.value.code == "relation-exists"
    assert PartyRelation.objects.filter(from_party=world.parties["contact"]).count() == 1


def test_nobody_is_related_to_oneself_nor_in_an_unknown_way(world: World) -> None:
    agent, person = world.principal("agent"), world.parties["contact"]
    with pytest.raises(InvalidFields) as itself:
        relate(agent, person, to=person, role="contact")
    with pytest.raises(InvalidFields) as unknown:
        relate(agent, person, to=world.parties["own"], role="idol")
    assert (list(itself.value.fields), list(unknown.value.fields)) == (["to"], ["role"])


def test_an_agent_adds_a_contact_to_an_own_firm_and_sees_it(world: World) -> None:
    agent = world.principal("agent")
    carla = add_contact(agent, world.parties["own"], CARLA, job_title="Titolare")
    assert Party.objects.visible_to(agent).filter(pk=carla.pk).exists()
    assert not carla.relationships.exists()
    assert not Party.objects.visible_to(world.principal("teammate")).filter(pk=carla.pk).exists()


def test_an_agent_adds_no_contact_to_a_colleagues_firm(world: World) -> None:
    with pytest.raises(Forbidden):
        add_contact(world.principal("agent"), world.parties["teammates"], CARLA)
    assert not Party.objects.filter(family_name="Monti").exists()


def test_a_contact_without_a_name_leaves_nothing(world: World) -> None:
    with pytest.raises(InvalidFields):
        add_contact(world.principal("agent"), world.parties["own"], {"given_name": " "})
    assert PartyRelation.objects.filter(to_party=world.parties["own"]).count() == 1


def test_a_relation_taken_away_takes_the_sight_of_the_contact_along(world: World) -> None:
    agent, person = world.principal("agent"), world.parties["contact"]
    assert Party.objects.visible_to(agent).filter(pk=person.pk).exists()
    unrelate(agent, person, PartyRelation.objects.get(from_party=person))
    assert not Party.objects.visible_to(agent).filter(pk=person.pk).exists()
