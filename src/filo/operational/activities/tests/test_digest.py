"""The digest tells what is late and what is to be done today, each once, and nothing of others."""

from __future__ import annotations

from datetime import timedelta

from filo.foundation import clock
from filo.foundation.notices.digests import day_of_person
from filo.operational.activities.services import add_task, do_task
from filo.testing.world import World


def told(world: World, name: str) -> dict[str, list[str]]:
    return {part.code: [line.words for line in lines] for part, lines in day_of_person(world.principal(name))}


def test_late_and_today_stand_apart_and_what_is_done_is_gone(world: World) -> None:
    agent, today = world.principal("agent"), clock.today()
    before = told(world, "stranger")
    late = add_task(agent, title="Call about the wool", due_on=today - timedelta(days=2))
    add_task(agent, title="Send the samples", due_on=today)
    add_task(agent, title="Plan the fair", due_on=today + timedelta(days=1))
    found = told(world, "agent")
    assert "Call about the wool" in found["tasks.late"]
    assert "Send the samples" in found["tasks.today"]
    assert "Plan the fair" not in str(found)
    assert told(world, "stranger") == before
    do_task(agent, late)
    assert "Call about the wool" not in str(told(world, "agent"))
