"""What happened is kept as it was told, or refused whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.operational.activities.models import Task
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import TimelineEntry
from filo.testing.world import World

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


def count_of(world: World, party: str) -> int:
    return Interaction.objects.filter(party=world.parties[party]).count()


def test_who_when_how_with_what_outcome_and_what_was_said_are_kept(world: World) -> None:
    outcome = make_ready_outcomes()["meeting", "held"]
    logged = log_interaction(
        world.principal("agent"),
        world.parties["own"],
        channel="meeting",
        at=NOW,
        direction="out",
        subject="Campionario",
        outcome=outcome,
        body="Piace il lino.",
        minutes=45,
        colleagues=[world.people["teammate"].id],
        people=[world.parties["contact"]],
    )
    found = Interaction.objects.get(pk=logged.pk)
    assert (found.channel, found.direction, found.at, found.minutes) == ("meeting", "out", NOW, 45)
    assert (found.author_id, found.owner_id) == (world.people["agent"].id, world.people["agent"].id)
    assert (found.outcome, found.subject, found.body) == (outcome, "Campionario", "Piace il lino.")
    assert found.company == world.companies["moda"]
    actors = set(found.actors.values_list("user", "party"))
    assert actors == {(world.people["teammate"].id, None), (None, world.parties["contact"].id)}


def test_without_a_moment_it_happened_now(world: World) -> None:
    with clock.at(NOW):
        assert log_interaction(world.principal("agent"), world.parties["own"], channel="call").at == NOW


def test_what_has_not_happened_yet_is_refused(world: World) -> None:
    with clock.at(NOW), pytest.raises(InvalidFields) as refusal:
        log_interaction(world.principal("agent"), world.parties["own"], channel="call", at=NOW + timedelta(minutes=6))
    assert list(refusal.value.fields) == ["at"]
    assert count_of(world, "own") == 0


def test_an_outcome_of_another_channel_is_refused(world: World) -> None:
    held = make_ready_outcomes()["meeting", "held"]
    with pytest.raises(InvalidFields) as refusal:
        log_interaction(world.principal("agent"), world.parties["own"], channel="call", outcome=held)
    assert list(refusal.value.fields) == ["outcome"]
    assert count_of(world, "own") == 0


@pytest.mark.parametrize(
    ("field", "value"), [("channel", "smoke"), ("direction", "up"), ("minutes", 1441), ("minutes", -1)]
)
def test_what_cannot_be_right_is_refused_by_its_name(world: World, field: str, value: object) -> None:
    facts: dict[str, object] = {"channel": "call", field: value}
    with pytest.raises(InvalidFields) as refusal:
        log_interaction(world.principal("agent"), world.parties["own"], **facts)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]


def test_a_note_says_something(world: World) -> None:
    with pytest.raises(InvalidFields) as refusal:
        log_interaction(world.principal("agent"), world.parties["own"], channel="note", body=" \n ")
    assert list(refusal.value.fields) == ["body"]


def test_the_next_step_becomes_a_task_in_the_same_act(world: World) -> None:
    log_interaction(
        world.principal("agent"),
        world.parties["own"],
        channel="call",
        next_title="Mandare i campioni",
        next_due=date(2026, 5, 8),
    )
    task = Task.objects.get(party=world.parties["own"])
    assert (task.title, task.due_on, task.done_at) == ("Mandare i campioni", date(2026, 5, 8), None)
    assert task.assignee == world.people["agent"]


def test_a_next_step_that_cannot_be_written_leaves_nothing(world: World) -> None:
    before = TimelineEntry.objects.count()
    with pytest.raises(InvalidFields) as refusal:
        log_interaction(world.principal("agent"), world.parties["own"], channel="call", next_title="\u200b")
    assert list(refusal.value.fields) == ["title"]
    assert (count_of(world, "own"), TimelineEntry.objects.count()) == (0, before)
    world.parties["own"].refresh_from_db()
    assert world.parties["own"].last_contact_at is None


def test_on_a_shared_customer_it_belongs_to_ones_own_relationship(world: World) -> None:
    for key, line in (("agents_call", "donna"), ("teammates_call", "uomo")):
        relationship = world.interactions[key].relationship
        assert relationship is not None
        assert relationship.product_line == world.lines[line]
