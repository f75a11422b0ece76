"""What was told is corrected or taken back by whoever may, in the story too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.services import edit_interaction, log_interaction, remove_interaction
from filo.operational.parties.models import TimelineEntry
from filo.testing.world import World

MOMENT = datetime(2026, 5, 4, 10, tzinfo=UTC)


def test_a_correction_changes_what_it_names_and_the_story_with_it(world: World) -> None:
    spoken = make_ready_outcomes()["call", "spoken"]
    found = edit_interaction(
        world.principal("agent"),
        world.interactions["agents_call"],
        version=1,
        subject="Listino",
        outcome=spoken,
        at=MOMENT,
    )
    assert (found.subject, found.outcome, found.at, found.version) == ("Listino", spoken, MOMENT, 2)
    assert found.body == "body of agents_call"
    entry = TimelineEntry.objects.get(reference_id=found.id)
    assert (entry.summary, entry.outcome, entry.at) == ("Listino", "spoken", MOMENT)


def test_a_correction_reaches_the_firms_story_too(world: World) -> None:
    agent = world.principal("agent")
    logged = log_interaction(agent, world.parties["contact"], channel="call", subject="Prima")
    edit_interaction(agent, logged, version=1, subject="Dopo")
    entries = TimelineEntry.objects.filter(reference_id=logged.id)
    assert sorted(entries.values_list("summary", flat=True)) == ["Dopo", "Dopo"]


def test_a_correction_of_an_old_version_shows_both_values(world: World) -> None:
    agent, call = world.principal("agent"), world.interactions["agents_call"]
    edit_interaction(agent, call, version=1, subject="Listino")
    with pytest.raises(Stale) as refusal:
        edit_interaction(agent, call, version=1, subject="Prezzi")
    assert (refusal.value.differing, refusal.value.version) == ({"subject": ("Listino", "Prezzi")}, 2)
    assert Interaction.objects.get(pk=call.pk).subject == "Listino"


def test_a_correction_that_changes_nothing_is_no_new_version(world: World) -> None:
    call = world.interactions["agents_call"]
    assert edit_interaction(world.principal("agent"), call, version=1, subject=call.subject).version == 1


def test_a_correction_into_the_impossible_is_refused(world: World) -> None:
    held = make_ready_outcomes()["meeting", "held"]
    with pytest.raises(InvalidFields) as refusal:
        edit_interaction(world.principal("agent"), world.interactions["agents_call"], version=1, outcome=held)
    assert list(refusal.value.fields) == ["outcome"]


@pytest.mark.parametrize("who", ["teammate", "manager", "boss"])
def test_nobody_puts_words_into_anothers_mouth(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        edit_interaction(world.principal(who), world.interactions["agents_call"], version=1, body="Altro")


@pytest.mark.parametrize("who", ["agent", "manager", "admin"])
def test_what_is_taken_back_leaves_every_story(world: World, who: str) -> None:
    logged = log_interaction(world.principal("agent"), world.parties["contact"], channel="call")
    remove_interaction(world.principal(who), Interaction.objects.get(pk=logged.pk))
    assert not Interaction.objects.filter(pk=logged.pk).exists()
    assert not TimelineEntry.objects.filter(reference_id=logged.id).exists()


@pytest.mark.parametrize("who", ["teammate", "other_manager", "boss"])
def test_nobody_else_takes_back_an_agents_call(world: World, who: str) -> None:
    call = world.interactions["agents_call"]
    with pytest.raises(Forbidden):
        remove_interaction(world.principal(who), call)
    assert Interaction.objects.filter(pk=call.pk).exists()
