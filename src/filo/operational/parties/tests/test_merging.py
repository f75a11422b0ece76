"""Two cards of one customer become one card, with everything that pointed at either; and two again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from time_machine import TimeMachineFixture

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError, Forbidden, NotFound, Stale
from filo.operational.activities.models import Task
from filo.operational.activities.services import add_task
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Merge, Party, PartyRelation, Reach, Relationship, TimelineEntry
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.editing import edit_party, facts_of
from filo.operational.parties.services.identities import identify_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.planning import NotTheSame, plan_merge
from filo.operational.parties.services.merging.sweeping import sweep_merges
from filo.operational.parties.services.merging.unmerging import unmerge_parties
from filo.operational.parties.services.relations import relate
from filo.testing.clients import CheckedClient
from filo.testing.world import BUILDER, World

TWIN: dict[str, Any] = {
    "kind": "organisation",
    "legal_name": "Lanificio Bassi Srl",
    "language": "it",
    "vat_number": "07643521003",
    "notes": "Paga a 60 giorni.",
    "contact_points": [
        {"type": "email", "value": "INFO@lanificio.example"},
        {"type": "email", "value": "ordini@lanificio.example"},
        {"type": "mobile", "value": "333 1234567"},
    ],
    "addresses": [
        {"street": "via Roma, 1", "postal_code": "20121", "city": "Milano", "province": "MI"},
        {"use": "shipping", "street": "Via Po 2", "postal_code": "10124", "city": "Torino", "province": "TO"},
    ],
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def twin(world: World) -> Party:
    """The same firm once more: a prospect of the teammate, with a contact, a code, a task and a call."""
    spec = RelationshipSpec(
        company=world.companies["moda"],
        area=world.areas["nord"],
        owner_id=world.people["teammate"].id,
        stage="prospect",
    )
    party = create_party(BUILDER, TWIN, relationships=[spec])
    manager = world.principal("manager")
    person = create_party(BUILDER, {"kind": "person", "given_name": "Ugo", "family_name": "Bassi"}, relationships=[])
    relate(BUILDER, person, to=party, role="contact")
    identify_party(BUILDER, party, [("erp", "C-7")])
    add_task(manager, title="Call them", party=party)
    log_interaction(world.principal("teammate"), party, channel="call", direction="out", subject="yarn")
    return party


def state(*parties: Party) -> list[Any]:
    """Everything that a person could notice about these cards."""
    found: list[Any] = []
    for party in parties:
        now = Party.objects.get(pk=party.pk)
        ties = [
            (row.company_id, row.stage, row.owner_id, row.customer_since, sorted(m.user_id for m in row.members.all()))
            for row in Relationship.objects.filter(party=now)
        ]
        lines = TimelineEntry.objects.filter(party=now).order_by("pk").values_list("pk", "kind", "relationship")
        reach = Reach.objects.filter(party=now).order_by("relationship", "person")
        found.append(
            (
                facts_of(now),
                now.display_name,
                now.deleted_at,
                now.merged_into_id,
                ties,
                list(lines),
                [
                    list(tie.stage_changes.values_list("to_stage", "rule"))
                    for tie in Relationship.objects.filter(party=now)
                ],
                list(now.external_identities.values_list("system", "key")),
                sorted(PartyRelation.objects.filter(to_party=now).values_list("from_party", "role")),
                list(Task.objects.filter(party=now).values_list("pk", flat=True)),
                list(reach.values_list("relationship", "person", "stage", "living", "sort_name")),
            )
        )
    return found


def test_everything_that_pointed_at_the_other_card_follows(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    merge_parties(manager, own, twin)
    kept = seen_party(manager, own.id)
    assert kept.legal_name == "Lanificio Bassi S.r.l."
    assert (kept.vat_number, kept.notes) == ("07643521003", "Paga a 60 giorni.")
    assert [(p.type, p.normalised, p.preferred) for p in kept.contact_points.all()] == [
        ("email", "info@lanificio.example", True),
        ("phone", "+39021234567", True),
        ("email", "ordini@lanificio.example", False),
        ("mobile", "+393331234567", True),
    ]
    assert [address.street for address in kept.addresses.all()] == ["Via Roma 1", "Via Po 2"]
    assert kept.external_identities.get().key == "C-7"
    assert Task.objects.get(title="Call them").party_id == own.id
    assert TimelineEntry.objects.filter(party=kept, channel="call").exists()
    assert {row.from_party.given_name for row in kept.relations_to.all()} == {"Anna", "Ugo"}
    assert search_parties(manager, "ordini@lanificio") == [kept]


def test_the_other_card_is_no_more_and_its_address_leads_to_the_kept_one(
    world: World, twin: Party, client_of: Callable[[str], CheckedClient]
) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    merge_parties(manager, own, twin)
    assert seen_party(manager, twin.id) == own
    assert [party.id for party in search_parties(manager, "lanificio bassi")] == [own.id]
    answer = client_of("manager").get(f"/parties/{twin.id}")
    assert (answer.status_code, answer["Location"]) == (302, f"/parties/{own.id}")
    with pytest.raises(NotFound):
        seen_party(world.principal("stranger"), twin.id)


def test_relationships_with_the_same_company_become_one_with_the_furthest_stage_and_all_who_work_it(
    world: World, twin: Party
) -> None:
    own = world.parties["own"]
    merge_parties(world.principal("manager"), own, twin)
    tie = Relationship.objects.get(party=own)
    assert (tie.stage, tie.owner_id) == ("prospect", world.people["agent"].id)
    assert [member.user_id for member in tie.members.all()] == [world.people["teammate"].id]
    assert seen_party(world.principal("teammate"), own.id) == own
    assert tie.stage_changes.last().rule == "merge"  # type: ignore[union-attr]


def test_what_a_person_chose_stays(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    edit_party(manager, own, {"notes": "Chiamare dopo le 9."}, version=None)
    plan = plan_merge(manager, Party.objects.get(pk=own.pk), twin)
    assert [choice.name for choice in plan.choices if choice.differs] == ["legal_name", "notes"]
    merge_parties(manager, own, twin, chosen={"legal_name": "absorbed"})
    kept = seen_party(manager, own.id)
    assert kept.display_name == "Lanificio Bassi Srl"
    assert kept.notes == "Chiamare dopo le 9.\n\nPaga a 60 giorni."


def test_the_preview_is_what_the_merge_does(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    chosen = {"legal_name": "absorbed", "vat_number": "kept"}
    plan = plan_merge(manager, own, twin, chosen=chosen)
    merge = merge_parties(manager, own, twin, chosen=chosen)
    assert merge.journal["facts"] == {name: list(pair) for name, pair in plan.facts.items()}
    now = facts_of(Party.objects.get(pk=own.pk))
    assert {name: now[name] for name in plan.facts} == {name: after for name, (_b, after) in plan.facts.items()}


def test_parting_them_restores_both_to_the_last_line(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    before = state(own, twin)
    merge = merge_parties(manager, own, twin, chosen={"legal_name": "absorbed"})
    assert state(own, twin) != before
    unmerge_parties(manager, merge)
    assert state(own, twin) == before
    unmerge_parties(manager, merge)  # twice is once
    assert state(own, twin) == before
    assert [party.id for party in search_parties(manager, "ordini@lanificio")] == [twin.id]


def test_what_came_since_stays_or_goes_as_a_person_says(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    merge = merge_parties(manager, own, twin)
    stays = log_interaction(manager, seen_party(manager, twin.id), channel="call", direction="in", subject="stays")
    goes = log_interaction(manager, seen_party(manager, own.id), channel="call", direction="in", subject="goes")
    edit_party(manager, own, {"sector": "Tessile"}, version=None)
    line = TimelineEntry.objects.get(reference_id=goes.id)
    unmerge_parties(manager, merge, to_absorbed=[line.id])
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.party_id, stays.party_id) == (twin.id, own.id)
    assert TimelineEntry.objects.get(reference_id=goes.id).party_id == twin.id
    assert Party.objects.get(pk=own.pk).sector == "Tessile"


def test_a_fact_changed_since_is_not_touched_by_parting(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    merge = merge_parties(manager, own, twin)
    edit_party(manager, own, {"notes": "Paga subito."}, version=None)
    unmerge_parties(manager, merge)
    now = Party.objects.get(pk=own.pk)
    assert (now.notes, now.vat_number) == ("Paga subito.", "")


def test_the_toast_takes_it_back(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    before = state(own, twin)
    with one_operation() as operation:
        merge_parties(manager, own, twin)
    undo_operation(manager, operation.id)
    assert state(own, twin) == before


def test_what_is_written_for_the_old_card_by_who_did_not_know_follows(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    merge = merge_parties(manager, own, twin)
    late = log_interaction(BUILDER, twin, channel="note", subject="late", body="written meanwhile")
    assert sweep_merges() >= 2  # the interaction, and its line
    late.refresh_from_db()
    assert late.party_id == own.id
    assert sweep_merges() == 0
    unmerge_parties(manager, merge)
    late.refresh_from_db()
    assert late.party_id == twin.id


def test_what_was_under_way_while_the_merge_ran_follows_too(
    world: World, twin: Party, time_machine: TimeMachineFixture
) -> None:
    """Its id is older than that of the merge, which could not see it before it was committed."""
    merge = merge_parties(world.principal("manager"), world.parties["own"], twin)
    time_machine.move_to(clock.now() - timedelta(seconds=5))
    late = log_interaction(BUILDER, twin, channel="note", subject="late", body="written meanwhile")
    assert late.id < merge.id
    assert sweep_merges() == 2
    late.refresh_from_db()
    assert late.party_id == merge.kept_id
    assert sweep_merges() == 0


def test_what_was_given_to_somebody_else_since_stays_there(world: World, twin: Party) -> None:
    manager, third = world.principal("manager"), world.parties["shared"]
    merge = merge_parties(manager, world.parties["own"], twin)
    Task.objects.filter(title="Call them").update(party=third)
    unmerge_parties(manager, merge)
    assert Task.objects.get(title="Call them").party_id == third.id


def test_a_number_that_both_have_goes_to_neither_twice(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    merge = merge_parties(manager, own, twin)
    points = facts_of(Party.objects.get(pk=own.pk))["contact_points"]
    edit_party(manager, own, {"contact_points": points[1:]}, version=None)
    edit_party(manager, own, {"contact_points": points}, version=None)
    again = own.contact_points.get(normalised="info@lanificio.example")
    unmerge_parties(manager, merge, to_absorbed=[again.id])
    assert own.contact_points.filter(pk=again.pk).exists()
    assert twin.contact_points.filter(normalised="info@lanificio.example").count() == 1


def test_merged_twice_over_they_are_parted_from_the_outside_in(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    third = create_party(BUILDER, {"kind": "organisation", "legal_name": "Bassi"}, relationships=[])
    first = merge_parties(BUILDER, own, twin)
    second = merge_parties(BUILDER, third, own)
    assert seen_party(manager, twin.id).id == third.id
    with pytest.raises(DomainError, match="first part these two"):
        unmerge_parties(BUILDER, first)
    unmerge_parties(BUILDER, second)
    unmerge_parties(BUILDER, first)
    assert seen_party(manager, twin.id).id == twin.id
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_who_may_not_change_all_of_both_may_not_merge_and_nothing_changes(world: World, twin: Party) -> None:
    own = world.parties["own"]
    before = state(own, twin)
    with pytest.raises(Forbidden):
        merge_parties(world.principal("agent"), own, twin)
    assert state(own, twin) == before
    assert not AuditEntry.objects.filter(action="party.merge").exists()


def test_a_person_and_a_firm_are_not_one_and_nobody_is_his_own_double(world: World) -> None:
    manager, own = world.principal("manager"), world.parties["own"]
    with pytest.raises(NotTheSame):
        merge_parties(manager, own, world.parties["contact"])
    with pytest.raises(NotTheSame):
        plan_merge(manager, own, own)


def test_a_card_that_changed_while_one_looked_is_shown_again(world: World, twin: Party) -> None:
    own, manager = world.parties["own"], world.principal("manager")
    seen = (own.version, twin.version)
    edit_party(manager, twin, {"sector": "Tessile"}, version=None)
    with pytest.raises(Stale):
        merge_parties(manager, own, twin, versions=seen)
    assert Party.objects.get(pk=twin.pk).merged_into_id is None


def test_the_latest_contact_of_both_is_the_kept_ones(world: World, twin: Party) -> None:
    own = world.parties["own"]
    twin.refresh_from_db()
    assert own.last_contact_at is None
    assert twin.last_contact_at is not None
    merge_parties(world.principal("manager"), own, twin)
    assert Party.objects.get(pk=own.pk).last_contact_at == twin.last_contact_at
    assert twin.last_contact_at <= clock.now()
