"""The last contact is true after a correction and after taking back; a call that reached nobody never counts."""

from __future__ import annotations

from datetime import UTC, datetime

from filo.operational.interactions.models import Interaction, Outcome
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.queries import unreached_outcomes
from filo.operational.interactions.services import edit_interaction, log_interaction, remove_interaction
from filo.operational.parties.models import LastContact, Party
from filo.operational.parties.services.rebuilding import rebuild_reading_tables
from filo.testing.world import World

MARCH, MAY, JULY = (datetime(2026, month, 2, 9, tzinfo=UTC) for month in (3, 5, 7))


def call(world: World, at: datetime, *, who: str = "agent", party: str = "contact", code: str = "") -> Interaction:
    outcome = Outcome.objects.get(channel="call", code=code) if code else None
    return log_interaction(world.principal(who), world.parties[party], channel="call", at=at, outcome=outcome)


def last(world: World, party: str = "contact") -> datetime | None:
    return Party.objects.get(pk=world.parties[party].pk).last_contact_at


def kept() -> list[tuple[object, ...]]:
    return sorted(LastContact.objects.values_list("party_id", "person_id", "unit_id", "company_id", "at"), key=str)


def assert_as_the_facts_say() -> None:
    before = kept()
    rebuild_reading_tables(unreached=unreached_outcomes())
    assert kept() == before


def unreached_code() -> str:
    make_ready_outcomes()
    return Outcome.objects.filter(channel="call", means="unreached").values_list("code", flat=True)[0]


def test_taking_the_latest_back_leaves_the_one_before_on_person_and_firm(world: World) -> None:
    admin = world.principal("admin")
    call(world, MARCH)
    latest = call(world, MAY, who="admin")
    assert (last(world), last(world, "own")) == (MAY, MAY)
    remove_interaction(admin, latest)
    assert (last(world), last(world, "own")) == (MARCH, MARCH)
    assert_as_the_facts_say()
    remove_interaction(admin, Interaction.objects.get(at=MARCH))
    assert (last(world), last(world, "own")) == (None, None)
    assert not LastContact.objects.filter(party=world.parties["contact"]).exists()
    assert_as_the_facts_say()


def test_a_corrected_moment_moves_the_last_contact_either_way(world: World) -> None:
    agent = world.principal("agent")
    call(world, MARCH)
    found = call(world, JULY)
    edit_interaction(agent, found, version=None, at=MAY)
    assert (last(world), last(world, "own")) == (MAY, MAY)
    assert_as_the_facts_say()
    edit_interaction(agent, found, version=None, at=JULY)
    assert last(world) == JULY
    assert_as_the_facts_say()


def test_who_was_not_reached_is_no_contact_not_even_afterwards(world: World) -> None:
    agent, code = world.principal("agent"), unreached_code()
    call(world, MARCH)
    call(world, MAY, code=code)
    assert last(world) == MARCH
    assert_as_the_facts_say()
    found = call(world, JULY)
    unreached = Outcome.objects.get(channel="call", code=code)
    edit_interaction(agent, found, version=None, outcome=unreached)
    assert last(world) == MARCH
    edit_interaction(agent, found, version=None, outcome=None)
    assert last(world) == JULY
    assert_as_the_facts_say()
