"""A relationship goes along the thread by rules that only move it forward, or by hand with a reason."""

from __future__ import annotations

import pytest

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.editing import edit_party
from filo.operational.parties.services.stages import end_relationship, move_stage, reopen_relationship
from filo.testing.world import World

PHONE = {"type": "phone", "value": "0574 123456"}


def arrived(principal: Principal, *points: dict[str, str]) -> Party:
    facts = {"kind": "organisation", "legal_name": "Filatura Verdi S.r.l.", "contact_points": list(points)}
    return create_party(principal, facts)


def stage_of(party: Party) -> str:
    return party.relationships.get().stage


def steps_of(relationship: Relationship) -> list[tuple[str, str, str, str]]:
    """From, to, rule and reason of each step, the first first."""
    return list(relationship.stage_changes.values_list("from_stage", "to_stage", "rule", "reason"))


def call(principal: Principal, party: Party, outcome: str) -> None:
    party.refresh_from_db()
    log_interaction(principal, party, channel="call", outcome=make_ready_outcomes()["call", outcome])


def test_whoever_arrives_with_a_name_alone_is_a_suspect(world: World) -> None:
    assert stage_of(arrived(world.principal("agent"))) == "suspect"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "0574 123456"),
        ("mobile", "333 7654321"),
        ("email", "info@verdi.example"),
        ("pec", "verdi@pec.example"),
    ],
)
def test_whoever_arrives_with_a_way_to_be_reached_is_a_lead(world: World, kind: str, value: str) -> None:
    assert stage_of(arrived(world.principal("agent"), {"type": kind, "value": value})) == "lead"


@pytest.mark.parametrize(("kind", "value"), [("fax", "0574 123456"), ("web", "www.verdi.example")])
def test_a_fax_or_a_site_reaches_nobody(world: World, kind: str, value: str) -> None:
    assert stage_of(arrived(world.principal("agent"), {"type": kind, "value": value})) == "suspect"


def test_a_suspect_becomes_a_lead_when_a_phone_is_added(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent)
    edit_party(agent, party, {"contact_points": [PHONE]}, version=1)
    assert steps_of(party.relationships.get()) == [
        ("", "suspect", "arrival", ""),
        ("suspect", "lead", "reachable", ""),
    ]


def test_interest_at_the_very_first_contact_moves_nothing(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, PHONE)
    call(agent, party, "interested")
    assert stage_of(party) == "lead"


def test_interest_after_a_first_contact_makes_a_prospect(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, PHONE)
    call(agent, party, "spoken")
    call(agent, party, "interested")
    assert steps_of(party.relationships.get())[-1] == ("lead", "prospect", "interest", "")


def test_a_call_that_nobody_answered_is_no_first_contact(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, PHONE)
    call(agent, party, "no-answer")
    call(agent, party, "interested")
    assert stage_of(party) == "lead"


def test_whoever_asks_for_an_offer_is_a_prospect_at_once(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent)
    call(agent, party, "wants-offer")
    assert steps_of(party.relationships.get())[-1] == ("suspect", "prospect", "offer", "")


def test_rules_move_no_customer_back(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent)
    move_stage(agent, party.relationships.get(), to="customer", reason="Ordine in fiera")
    call(agent, party, "wants-offer")
    edit_party(agent, party, {"contact_points": [PHONE]}, version=1)
    assert stage_of(party) == "customer"


def test_by_hand_a_relationship_goes_forward_and_back_and_says_why(world: World) -> None:
    agent = world.principal("agent")
    relationship = arrived(agent, PHONE).relationships.get()
    move_stage(agent, relationship, to="customer", reason=" Ordine in fiera ")
    moved = move_stage(agent, relationship, to="lead", reason="Ordine annullato")
    assert moved.stage == "lead"
    assert steps_of(relationship) == [
        ("", "lead", "arrival", ""),
        ("lead", "customer", "", "Ordine in fiera"),
        ("customer", "lead", "", "Ordine annullato"),
    ]


def test_a_step_by_hand_stands_in_the_story_with_its_author(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, PHONE)
    move_stage(agent, party.relationships.get(), to="prospect", reason="Ha chiesto i campioni")
    entry = party.timeline.get(kind="relationship.stage")
    assert (entry.actor_id, entry.summary) == (world.people["agent"].id, "Ha chiesto i campioni")
    assert entry.data == {"from": "lead", "to": "prospect", "rule": ""}


def test_no_step_by_hand_without_a_reason(world: World) -> None:
    agent = world.principal("agent")
    relationship = world.parties["own"].relationships.get()
    with pytest.raises(InvalidFields) as refusal:
        move_stage(agent, relationship, to="customer", reason="  ")
    assert list(refusal.value.fields) == ["reason"]
    relationship.refresh_from_db()
    assert (relationship.stage, relationship.version) == ("lead", 1)
    assert relationship.stage_changes.count() == 1


def test_there_are_no_other_stages(world: World) -> None:
    with pytest.raises(InvalidFields) as refusal:
        move_stage(world.principal("agent"), world.parties["own"].relationships.get(), to="friend", reason="x")
    assert list(refusal.value.fields) == ["stage"]


def test_a_step_to_where_one_stands_already_is_none(world: World) -> None:
    relationship = world.parties["own"].relationships.get()
    moved = move_stage(world.principal("agent"), relationship, to="lead", reason="Per sicurezza")
    assert moved.version == 1
    assert relationship.stage_changes.count() == 1


def test_who_read_an_old_version_moves_nothing(world: World) -> None:
    agent = world.principal("agent")
    relationship = world.parties["own"].relationships.get()
    move_stage(agent, relationship, to="prospect", reason="Campioni", version=1)
    with pytest.raises(Stale) as refusal:
        move_stage(agent, relationship, to="customer", reason="Ordine", version=1)
    assert (refusal.value.differing, refusal.value.version) == ({"stage": ("prospect", "customer")}, 2)
    relationship.refresh_from_db()
    assert relationship.stage == "prospect"


def test_nobody_moves_a_colleagues_customer(world: World) -> None:
    relationship = world.parties["teammates"].relationships.get()
    with pytest.raises(Forbidden):
        move_stage(world.principal("agent"), relationship, to="customer", reason="Ordine")


def test_what_has_ended_stays_where_it_was_until_it_is_opened_again(world: World) -> None:
    agent = world.principal("agent")
    party = world.parties["own"]
    relationship = party.relationships.get()
    ended = end_relationship(agent, relationship, reason="Ha chiuso")
    assert (ended.stage, ended.end_reason, ended.ended_at is None) == ("lead", "Ha chiuso", False)
    with pytest.raises(DomainError) as refusal:
        move_stage(agent, relationship, to="customer", reason="Ordine")
    assert refusal.value.code == "relationship-ended"
    call(agent, party, "wants-offer")
    assert stage_of(party) == "lead"


def test_opened_again_it_goes_on_and_the_history_tells_both(world: World) -> None:
    agent = world.principal("agent")
    relationship = world.parties["own"].relationships.get()
    end_relationship(agent, relationship, reason="Ha chiuso")
    opened = reopen_relationship(agent, relationship)
    assert (opened.stage, opened.ended_at, opened.end_reason) == ("lead", None, "")
    assert steps_of(relationship)[1:] == [("lead", "", "", "Ha chiuso"), ("", "lead", "", "")]


def test_nothing_ends_without_a_reason(world: World) -> None:
    relationship = world.parties["own"].relationships.get()
    with pytest.raises(InvalidFields):
        end_relationship(world.principal("agent"), relationship, reason="")
    relationship.refresh_from_db()
    assert relationship.ended_at is None


def test_the_day_of_the_first_order_stays_when_a_customer_goes_back(world: World) -> None:
    agent = world.principal("agent")
    relationship = world.parties["own"].relationships.get()
    first = move_stage(agent, relationship, to="customer", reason="Ordine").customer_since
    assert first is not None
    assert move_stage(agent, relationship, to="lead", reason="Annullato").customer_since == first
