"""Whoever brings a customer in sees him afterwards, and gives none to a unit beyond their reach."""

from __future__ import annotations

import pytest

from filo.foundation.errors import Forbidden
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.testing.world import World

FACTS = {"kind": "organisation", "legal_name": "Nuova Bottega S.r.l."}


@pytest.mark.parametrize("who", ["agent", "manager", "boss", "inside", "researcher", "operator"])
def test_everybody_sees_whom_they_brought_in(world: World, who: str) -> None:
    principal = world.principal(who)
    found = create_party(principal, FACTS)
    assert Party.objects.visible_to(principal).filter(pk=found.pk).exists()


def test_a_managers_new_customer_belongs_to_the_managers_unit(world: World) -> None:
    found = create_party(world.principal("manager"), FACTS)
    assert found.relationships.get().unit == world.units["nord"]


def test_a_manager_gives_no_new_customer_to_another_area(world: World) -> None:
    south = RelationshipSpec(company=world.companies["moda"], area=world.areas["sud"])
    with pytest.raises(Forbidden):
        create_party(world.principal("manager"), FACTS, relationships=[south])
    assert not Party.objects.filter(legal_name=FACTS["legal_name"]).exists()
