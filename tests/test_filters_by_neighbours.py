"""Narrowing customers by what stands beside them: links, tasks, interactions; never by what one may not see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.errors import BadRequest
from filo.operational.activities.services import add_task
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery
from filo.operational.parties.services.relations import relate
from filo.testing.world import BUILDER, World


def found(world: World, person: str, field: str, op: str, value: Any = None) -> set[str]:
    """Who is in the list of this person, by the names of the world."""
    tree = {"field": field, "op": op} | ({} if value is None else {"value": value})
    rows = PartyListing(world.principal(person), ListQuery(tree=tree)).page.rows
    keys = {party.id: key for key, party in world.parties.items()}
    return {keys[party.id] for party in rows}


def test_by_what_a_party_is_to_another(world: World) -> None:
    relate(BUILDER, world.parties["own"], to=world.parties["southern"], role="supplier")
    assert found(world, "admin", "related.role", "is", "contact") == {"contact"}
    assert found(world, "admin", "related.role", "in", ["contact", "supplier"]) == {"contact", "own"}
    assert found(world, "admin", "has_relation", "is", "contact") == {"own"}
    assert "own" not in found(world, "admin", "has_relation", "is-not", "contact")
    assert found(world, "agent", "related.role", "is", "contact") == {"contact"}
    assert found(world, "agent", "related.role", "is", "supplier") == set()  # the other end is a stranger's


def test_by_the_firm_and_by_the_name_it_is_linked_to(world: World) -> None:
    assert found(world, "admin", "related.area", "is", "nord") == {"contact"}
    assert found(world, "admin", "related.area", "is", "sud") == set()
    assert found(world, "agent", "related.stage", "is", "customer") == set()
    assert found(world, "admin", "related.name", "contains", "anna") == {"own"}
    assert found(world, "admin", "related.name", "contains", "lanificio") == {"contact"}
    assert found(world, "stranger", "related.name", "contains", "anna") == set()


def test_by_open_tasks_one_may_see(world: World) -> None:
    today, agent = clock.today(), world.people["agent"]
    for party, day in (("own", today - timedelta(days=1)), ("shared", today), ("joined", None)):
        add_task(world.principal("agent"), title="call", party=world.parties[party], assignee_id=agent.id, due_on=day)
    assert found(world, "agent", "open_task", "is", "late") == {"own"}
    assert found(world, "agent", "open_task", "in", ["late", "today"]) == {"own", "shared"}
    assert found(world, "agent", "open_task", "is", "some") == {"own", "shared", "joined"}
    assert found(world, "agent", "open_task", "is", "none") == {"contact"}
    assert found(world, "agent", "open_task", "is-not", "late") == {"shared", "joined", "contact"}
    assert found(world, "stranger", "open_task", "is", "some") == set()


def test_by_the_last_interaction_of_a_channel(world: World) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        log_interaction(world.principal("agent"), world.parties["own"], channel="meeting", body="x")
    log_interaction(world.principal("teammate"), world.parties["joined"], channel="meeting", body="x")
    everybody = set(world.parties)
    assert found(world, "admin", "interaction.meeting", "within-days", "30") == {"joined"}
    assert found(world, "admin", "interaction.meeting", "within-days", "60") == {"joined", "own"}
    assert found(world, "admin", "interaction.meeting", "older-than-days", "30") == everybody - {"joined"}
    assert found(world, "admin", "interaction.meeting", "empty") == everybody - {"joined", "own"}
    assert found(world, "agent", "interaction.meeting", "within-days", "30") == set()  # a colleague's
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert found(world, "admin", "interaction.meeting", "before", tomorrow) == {"joined", "own"}
    assert found(world, "admin", "interaction.call", "set") == {"shared", "southern"}


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("related.role", "is", "king"),
        ("has_relation", "in", []),
        ("related.name", "contains", "…"),
        ("related.area", "is", "west"),
        ("open_task", "is", "x"),
        ("interaction.call", "within-days", "soon"),
        ("interaction.call", "within-days", "-1"),
        ("interaction.call", "before", "0001-01-01"),
        ("last_contact", "older-than-days", ""),
        ("created", "after", "9999-12-31"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(world: World, field: str, op: str, value: Any) -> None:
    with pytest.raises(BadRequest) as refused:
        found(world, "admin", field, op, value)
    assert field in str(refused.value)
