"""Whoever is given a task is told; what is due is told in the morning, once a task and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from filo.foundation import clock
from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.foundation.notices.queries import told
from filo.operational.activities.jobs import tell_of_due_tasks
from filo.operational.activities.models import Task
from filo.operational.activities.services import add_task, do_task, edit_task
from filo.testing.clients import CheckedClient
from filo.testing.world import World

SEVEN = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)  # five past seven in Rome
TODAY = date(2026, 11, 23)


def lines(world: World, name: str) -> list[str]:
    """What somebody has not read."""
    mine = Notice.objects.filter(person=world.people[name], read_at=None).select_related("actor").order_by("at", "id")
    return [one.sentence for one in told(world.principal(name), mine)]


def add(world: World, by: str, title: str, due_on: date | None = None, *, to: str) -> Task:
    return add_task(world.principal(by), title=title, due_on=due_on, assignee_id=world.people[to].id)


def test_whoever_is_given_a_task_is_told_and_nobody_else(world: World) -> None:
    add(world, "manager", "Portare il campionario", to="agent")
    add(world, "agent", "Chiamare Bassi", to="agent")
    mine = add(world, "manager", "Preparare la fiera", to="manager")
    relay_batch()
    edit_task(world.principal("manager"), mine, version=None, assignee_id=world.people["agent"].id)
    relay_batch()
    assert lines(world, "agent") == [
        "Manager ti ha affidato un'attività: Portare il campionario",
        "Manager ti ha affidato un'attività: Preparare la fiera",
    ]
    assert lines(world, "manager") == []


def test_a_task_that_is_done_needs_no_notice(world: World) -> None:
    task = add(world, "manager", "Portare il campionario", to="agent")
    relay_batch()
    do_task(world.principal("agent"), task)
    relay_batch()
    assert lines(world, "agent") == []


def test_what_is_due_is_told_once_a_task_and_morning(world: World) -> None:
    add(world, "agent", "Oggi", TODAY, to="agent")
    add(world, "agent", "Ieri", TODAY - timedelta(days=1), to="agent")
    add(world, "agent", "Domani", TODAY + timedelta(days=1), to="agent")
    with clock.at(SEVEN - timedelta(minutes=10)):
        assert tell_of_due_tasks(None) == 0  # type: ignore[arg-type]
    for minutes in (0, 15, 30):
        with clock.at(SEVEN + timedelta(minutes=minutes)):
            tell_of_due_tasks(None)  # type: ignore[arg-type]
            assert sorted(lines(world, "agent")) == ["In ritardo: Ieri", "Scade oggi: Oggi"]
    Notice.objects.update(read_at=SEVEN)
    with clock.at(SEVEN + timedelta(hours=1)):
        assert tell_of_due_tasks(None) == 0  # type: ignore[arg-type]
    with clock.at(SEVEN + timedelta(days=1)):
        assert tell_of_due_tasks(None) == 3  # type: ignore[arg-type]


def test_it_is_done_in_place(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    task = add(world, "manager", "Portare il campionario", to="agent")
    relay_batch()
    agent = client_of("agent")
    assert f'action="/tasks/{task.id}/do"' in agent.get("/notices").content.decode()
    page = agent.post(f"/tasks/{task.id}/do", {"next": "/notices"}, follow=True).content.decode()
    assert "Fatto: Portare il campionario" in page
