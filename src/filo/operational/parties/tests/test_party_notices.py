"""Whoever works a customer from now on is told; who may not see it hears nothing."""

from __future__ import annotations

from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.relationships import assign_relationship
from filo.testing.world import World


def assign(world: World, owner: str, *members: str) -> None:
    row = Relationship.objects.get(party=world.parties["own"])
    assign_relationship(
        world.principal("manager"),
        row,
        version=None,
        owner_id=world.people[owner].id,
        area=row.area,
        channel=row.channel,
        unit=row.unit,
        members=[world.people[name].id for name in members],
    )
    relay_batch()


def test_the_new_owner_and_who_joins_are_told_the_rest_is_left_in_peace(world: World) -> None:
    relay_batch()
    assign(world, "teammate", "agent")
    assert set(Notice.objects.values_list("person__given_name", "kind")) == {
        ("Teammate", "party.given"),
        ("Agent", "party.given"),
    }
    assign(world, "teammate", "agent", "stranger")
    assert Notice.objects.count() == 3
    assign(world, "manager", "agent", "stranger")  # by his own hand
    assert Notice.objects.count() == 3


def test_whoever_gets_a_new_customer_from_a_colleague_is_told(world: World) -> None:
    relay_batch()
    for owner in ("agent", "inside"):
        spec = RelationshipSpec(world.companies["moda"], area=world.areas["nord"], owner_id=world.people[owner].id)
        create_party(world.principal("inside"), {"kind": "person", "family_name": "Neri"}, relationships=[spec])
    relay_batch()
    assert list(Notice.objects.values_list("person__given_name", flat=True)) == ["Agent"]
