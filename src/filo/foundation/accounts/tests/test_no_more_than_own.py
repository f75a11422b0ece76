"""Whoever looks after people without being an administrator gives nobody, also not himself, more than he has."""

from __future__ import annotations

from typing import Any

import pytest

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.accounts.services import add_person, edit_person
from filo.foundation.accounts.tokens import make_token
from filo.foundation.errors import Forbidden
from filo.foundation.organisation.models import Unit
from filo.testing.world import World


def people_manager(world: World) -> Principal:
    """Looks after people with the rights of an area manager, in Nord and in Moda only."""
    role = Role.objects.create(
        code="people",
        name_it="Personale",
        name_en="People",
        based_on="area-manager",
        grants={"user": dict.fromkeys(("view", "create", "edit", "manage"), "all")},
    )
    manager = world.people["manager"]
    User.objects.filter(pk=manager.pk).update(role=role)
    manager.companies.set([world.companies["moda"]])
    for name in ("agent", "teammate"):
        world.people[name].companies.set([world.companies["moda"]])
    return principal_of(User.objects.select_related("role", "unit").get(pk=manager.pk))


def fresh(world: World, name: str) -> User:
    """Somebody as the database knows him now."""
    return User.objects.get(pk=world.people[name].pk)


def test_he_places_people_where_he_works(world: World) -> None:
    principal, agent = people_manager(world), fresh(world, "agent")
    edited = edit_person(principal, agent, version=agent.version, unit=None)
    edited = edit_person(principal, edited, version=edited.version, unit=world.units["nord"])
    assert edited.unit == world.units["nord"]


@pytest.mark.parametrize("companies", [(), ("casa",), ("moda", "casa")])
@pytest.mark.parametrize("name", ["agent", "manager"])
def test_not_in_a_company_that_is_not_his(world: World, name: str, companies: tuple[str, ...]) -> None:
    principal, user = people_manager(world), fresh(world, name)
    wanted = [world.companies[one] for one in companies]
    with pytest.raises(Forbidden):
        edit_person(principal, user, version=user.version, companies=wanted)
    assert [one.code for one in fresh(world, name).companies.all()] == ["aurora-moda"]


@pytest.mark.parametrize("unit", ["sud", "aurora"])
@pytest.mark.parametrize("name", ["agent", "manager"])
def test_not_in_a_unit_that_is_not_below_him(world: World, name: str, unit: str) -> None:
    principal, user = people_manager(world), fresh(world, name)
    with pytest.raises(Forbidden):
        edit_person(principal, user, version=user.version, unit=Unit.objects.get(code=unit))
    assert fresh(world, name).unit == world.units["nord"]


@pytest.mark.parametrize("role", ["administrator", "management"])
@pytest.mark.parametrize("name", ["agent", "manager"])
def test_not_in_a_role_with_more_rights(world: World, name: str, role: str) -> None:
    principal, user = people_manager(world), fresh(world, name)
    with pytest.raises(Forbidden):
        edit_person(principal, user, version=user.version, role=Role.objects.get(code=role))


@pytest.mark.parametrize("name", ["admin", "stranger", "other_manager"])
def test_he_closes_nobody_who_reaches_where_he_does_not(world: World, name: str) -> None:
    principal, user = people_manager(world), fresh(world, name)
    with pytest.raises(Forbidden):
        edit_person(principal, user, version=user.version, is_active=False)
    assert fresh(world, name).is_active


def test_he_invites_into_his_own_only(world: World) -> None:
    principal, role = people_manager(world), Role.objects.get(code="agent")
    facts: dict[str, Any] = {"given_name": "Nuovo", "role": role}
    moda = [world.companies["moda"]]
    with pytest.raises(Forbidden):
        add_person(principal, email="a@aurora.example", unit=world.units["nord"], **facts)
    with pytest.raises(Forbidden):
        add_person(principal, email="b@aurora.example", unit=world.units["sud"], companies=moda, **facts)
    made = add_person(principal, email="c@aurora.example", unit=world.units["nord"], companies=moda, **facts)
    assert [one.code for one in made.companies.all()] == ["aurora-moda"]


def test_he_makes_no_token_of_somebody_above_him(world: World) -> None:
    principal = people_manager(world)
    with pytest.raises(Forbidden):
        make_token(principal, world.people["admin"], label="x")


def test_an_administrator_places_people_anywhere(world: World) -> None:
    principal, agent = world.principal("admin"), fresh(world, "agent")
    edited = edit_person(principal, agent, version=agent.version, unit=world.units["sud"], companies=[])
    assert edited.unit == world.units["sud"]
