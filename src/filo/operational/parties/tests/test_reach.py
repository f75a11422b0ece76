"""What the verbs keep of the ways to see parties is what the facts say."""

from __future__ import annotations

from filo.operational.parties.models import Reach
from filo.operational.parties.services.editing import delete_party, edit_party
from filo.operational.parties.services.rebuilding import rebuild_reading_tables
from filo.operational.parties.services.relations import relate, unrelate
from filo.operational.parties.services.relationships import assign_relationship
from filo.operational.parties.services.stages import move_stage
from filo.testing.world import BUILDER, World

COLUMNS = [field.attname for field in Reach._meta.concrete_fields if field.attname != "id"]


def ways() -> list[str]:
    return sorted(map(str, Reach.objects.values_list(*COLUMNS)))


def test_after_every_verb_the_ways_are_those_of_the_facts(world: World) -> None:
    own, contact, shared = world.parties["own"], world.parties["contact"], world.parties["shared"]
    tie = own.relationships.get()
    assign_relationship(
        BUILDER,
        tie,
        version=None,
        owner_id=world.people["teammate"].id,
        members=[world.people["agent"].id],
        area=None,
        channel=None,
        unit=world.units["sud"],
    )
    move_stage(BUILDER, tie, to="customer", reason="ordine")
    link = relate(BUILDER, contact, to=shared, role="employee")
    edit_party(BUILDER, shared, {"legal_name": "Zeta S.r.l.", "family_name": "Zeta"}, version=None)
    assert_kept()
    unrelate(BUILDER, contact, link)
    delete_party(BUILDER, own)
    assert_kept()


def assert_kept() -> None:
    kept = ways()
    assert kept
    rebuild_reading_tables()
    assert ways() == kept
