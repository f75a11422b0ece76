"""What was done to a customer is taken back through the verbs, as far as nobody has changed it since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from filo.foundation.access.services import make_ready_roles
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.fields.services.making import make_field
from filo.operational.parties.models import Party, PartyRelation, Relationship
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.editing import delete_party, edit_party, facts_of
from filo.operational.parties.services.relations import add_contact, unrelate
from filo.operational.parties.services.relationships import assign_relationship, open_relationship
from filo.operational.parties.services.stages import end_relationship, move_stage
from filo.testing.world import World


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def facts(party: Party) -> dict[str, Any]:
    return facts_of(Party.objects.get(pk=party.pk))


def of_relationship(row: Relationship) -> tuple[Any, ...]:
    now = Relationship.objects.get(pk=row.pk)
    members = sorted(str(member.user_id) for member in now.members.all())
    return (
        now.stage,
        now.stage_since,
        now.customer_since,
        now.ended_at,
        now.owner_id,
        now.area_id,
        now.unit_id,
        members,
    )


def operation_of(act: str) -> UUID:
    return AuditEntry.objects.filter(action=act).order_by("-at")[0].operation


def test_an_edit_is_taken_back_with_points_and_addresses_and_can_be_done_again(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    before = facts(party)
    place = {"street": "Via Po 2", "city": "Torino", "province": "TO", "latitude": "45.06", "longitude": "7.68"}
    edit_party(agent, party, {"sector": "Tessile", "contact_points": [], "addresses": [place]}, version=None)
    after = facts(party)
    done = undo_operation(agent, operation_of("party.edit"))
    assert (facts(party), done.sentence) == (before, "3 changes taken back.")
    assert done.operation is not None
    again = undo_operation(agent, done.operation)
    assert (facts(party), again.taken) == (after, 3)


def test_taking_back_twice_does_nothing(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    edit_party(agent, party, {"sector": "Tessile"}, version=None)
    operation = operation_of("party.edit")
    undo_operation(agent, operation)
    written = AuditEntry.objects.count()
    again = undo_operation(agent, operation)
    assert (again.taken, again.sentence) == (0, "This was taken back already.")
    assert AuditEntry.objects.count() == written


def test_what_was_changed_since_is_left_and_told(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    edit_party(agent, party, {"sector": "Tessile", "notes": "a", "contact_points": []}, version=None)
    operation = operation_of("party.edit")
    edit_party(world.principal("manager"), party, {"sector": "Moda"}, version=None)
    done = undo_operation(agent, operation)
    assert done.sentence == "2 changes taken back, 1 left: changed since by Manager."
    found = facts(party)
    assert (found["sector"], found["notes"], len(found["contact_points"])) == ("Moda", "", 2)


def test_a_rule_that_followed_is_taken_back_too(world: World) -> None:
    manager, party = world.principal("admin"), world.parties["nobodys"]
    row = party.relationships.get()
    before = of_relationship(row)
    edit_party(manager, party, {"contact_points": [{"type": "email", "value": "a@neri.example"}]}, version=None)
    assert of_relationship(row)[0] == "lead"
    undo_operation(manager, operation_of("party.edit"))
    assert of_relationship(row) == before


def test_the_bin_gives_back_and_takes_again(world: World) -> None:
    manager, party = world.principal("manager"), world.parties["own"]
    delete_party(manager, party)
    done = undo_operation(manager, operation_of("party.delete"))
    assert Party.objects.visible_to(manager).filter(pk=party.pk).exists()
    assert PartyRelation.objects.filter(to_party=party).exists()
    assert done.operation is not None
    undo_operation(manager, done.operation)
    assert not Party.objects.visible_to(manager).filter(pk=party.pk).exists()


def test_an_assignment_a_move_and_an_end_are_taken_back(world: World) -> None:
    boss, row = world.principal("boss"), world.parties["joined"].relationships.get()
    before = of_relationship(row)
    stranger, area = world.people["stranger"].id, world.areas["sud"]
    with one_operation() as act:
        assign_relationship(boss, row, version=None, owner_id=stranger, area=area, channel=None, unit=None, members=[])
        move_stage(boss, row, to="customer", reason="order")
        end_relationship(boss, row, reason="closed")
    assert of_relationship(row) != before
    done = undo_operation(boss, act.id)
    assert of_relationship(row) == before
    assert not done.left


def test_a_further_company_goes_again_while_nothing_happened_with_it(world: World) -> None:
    admin, party = world.principal("admin"), world.parties["own"]
    open_relationship(admin, party, RelationshipSpec(company=world.companies["casa"], stage="prospect"))
    done = undo_operation(admin, operation_of("relationship.open"))
    assert party.relationships.count() == 1
    assert done.operation is not None
    undo_operation(admin, done.operation)
    assert party.relationships.get(company=world.companies["casa"]).stage == "prospect"
    move_stage(admin, party.relationships.get(company=world.companies["casa"]), to="lead", reason="x")
    left = undo_operation(admin, operation_of("relationship.open"))
    assert "Something has happened with this relationship since" in left.sentence


def test_a_contact_removed_by_mistake_comes_back_for_who_sees_it_only_through_the_firm(world: World) -> None:
    agent, firm = world.principal("agent"), world.parties["own"]
    relation = PartyRelation.objects.get(to_party=firm)
    unrelate(agent, firm, relation)
    assert not Party.objects.visible_to(agent).filter(pk=world.parties["contact"].pk).exists()
    undo_operation(agent, operation_of("party.unrelate"))
    assert PartyRelation.objects.get(to_party=firm).job_title == "Acquisti"
    assert Party.objects.visible_to(agent).filter(pk=world.parties["contact"].pk).exists()


def test_a_new_contact_goes_with_its_relation(world: World) -> None:
    manager, firm = world.principal("manager"), world.parties["own"]
    person = add_contact(manager, firm, {"family_name": "Verdi"})
    done = undo_operation(manager, operation_of("party.add-contact"))
    assert Party.objects.get(pk=person.pk).deleted_at is not None
    assert done.operation is not None
    undo_operation(manager, done.operation)
    assert Party.objects.visible_to(manager).filter(pk=person.pk).exists()


def test_nobody_takes_back_what_he_may_not_change(world: World) -> None:
    admin, party = world.principal("admin"), world.parties["shared"]
    row = party.relationships.get(product_line=world.lines["donna"])
    assign_relationship(
        admin, row, version=None, owner_id=world.people["teammate"].id, area=None, channel=None, unit=None
    )
    delete_party(admin, world.parties["own"])
    edit_party(admin, world.parties["southern"], {"sector": "Moda"}, version=None)
    for act, error in (
        ("relationship.assign", Forbidden),
        ("party.delete", (Forbidden, NotFound)),
        ("party.edit", NotFound),
    ):
        with pytest.raises(error):
            undo_operation(world.principal("teammate"), operation_of(act))
    assert facts(world.parties["southern"])["sector"] == "Moda"


def test_a_masked_field_stays(world: World) -> None:
    role = make_ready_roles()["agent"]
    role.masks = {"party": ["notes"]}
    role.save()
    party = world.parties["own"]
    edit_party(world.principal("admin"), party, {"notes": "secret", "sector": "Moda"}, version=None)
    done = undo_operation(world.principal("agent"), operation_of("party.edit"))
    assert (done.taken, facts(party)["notes"], facts(party)["sector"]) == (1, "secret", "")


def test_what_must_be_filled_in_stays_and_is_named_while_the_rest_goes_back(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    before = facts(party)
    stage = party.relationships.get().stage
    required = {"stages": [stage]}
    field = make_field(
        world.principal("admin"), "party", {"label_en": "Budget", "kind": "number", "required": required}
    )
    edit_party(agent, party, {"contact_points": [], field.name: "5"}, version=None)
    done = undo_operation(agent, operation_of("party.edit"))
    after = facts(party)
    assert after["contact_points"] == before["contact_points"]
    assert after[field.name] == "5"
    assert done.taken == 1
    assert done.sentence.startswith("1 change taken back, 1 left: “Budget” is required in the stage")
