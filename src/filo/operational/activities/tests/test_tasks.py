"""Tasks are made for whom one may, done and undone, and told by day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from filo.foundation import clock
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.operational.activities.models import Task
from filo.operational.activities.queries import day_of, open_tasks
from filo.operational.activities.services import add_task, do_task, edit_task, reopen_task
from filo.testing.world import World

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def told_as_done(world: World, party: str) -> list[str]:
    return list(world.parties[party].timeline.filter(kind="task.done").values_list("summary", flat=True))


def test_a_task_is_done_and_undone(world: World) -> None:
    agent = world.principal("agent")
    task = add_task(agent, title="Richiamare")
    with clock.at(NOON):
        assert do_task(agent, task).done_at == NOON
    assert not open_tasks(agent).filter(pk=task.pk).exists()
    assert reopen_task(agent, task).done_at is None
    assert open_tasks(agent).filter(pk=task.pk).exists()


def test_the_story_tells_what_was_done_and_forgets_what_was_undone(world: World) -> None:
    agent = world.principal("agent")
    task = add_task(agent, title="Mandare i campioni", party=world.parties["own"])
    assert told_as_done(world, "own") == []
    do_task(agent, task)
    assert told_as_done(world, "own") == ["Mandare i campioni"]
    reopen_task(agent, task)
    assert told_as_done(world, "own") == []


def test_done_twice_is_done_once(world: World) -> None:
    agent = world.principal("agent")
    task = add_task(agent, title="Mandare i campioni", party=world.parties["own"])
    do_task(agent, task)
    assert do_task(agent, task).version == 2
    assert told_as_done(world, "own") == ["Mandare i campioni"]


def test_a_day_tells_late_today_soon_and_whenever(world: World) -> None:
    agent = world.principal("agent")
    with clock.at(NOON):
        days = {"ieri": date(2026, 5, 3), "oggi": date(2026, 5, 4), "domani": date(2026, 5, 5), "prima o poi": None}
        for title, due_on in days.items():
            add_task(agent, title=title, due_on=due_on)
        do_task(agent, add_task(agent, title="fatto"))
        day = day_of(agent)
    told = [[task.title for task in tasks] for tasks in (day.late, day.today, day.soon, day.whenever)]
    assert told == [["ieri"], ["oggi"], ["domani"], ["prima o poi"]]
    assert (day.open_count, day.done_today) == (2, 1)


def test_ones_day_holds_no_task_of_another(world: World) -> None:
    add_task(world.principal("manager"), title="Per il collega", assignee_id=world.people["teammate"].id)
    assert day_of(world.principal("manager")).whenever == []
    assert [task.title for task in day_of(world.principal("teammate")).whenever] == ["Per il collega"]


def test_an_agent_makes_tasks_for_oneself_alone(world: World) -> None:
    agent = world.principal("agent")
    assert add_task(agent, title="Mio").assignee == world.people["agent"]
    with pytest.raises(Forbidden):
        add_task(agent, title="Tuo", assignee_id=world.people["teammate"].id)
    assert not Task.objects.filter(title="Tuo").exists()


def test_an_agent_does_not_hand_a_task_over_either(world: World) -> None:
    agent = world.principal("agent")
    task = add_task(agent, title="Mio")
    with pytest.raises(Forbidden):
        edit_task(agent, task, version=1, assignee_id=world.people["teammate"].id)
    assert Task.objects.get(pk=task.pk).assignee == world.people["agent"]


def test_an_agent_does_not_do_a_colleagues_task(world: World) -> None:
    task = add_task(world.principal("teammate"), title="Del collega")
    with pytest.raises(Forbidden):
        do_task(world.principal("agent"), task)
    assert Task.objects.get(pk=task.pk).done_at is None


def test_a_task_about_a_party_that_one_does_not_see_does_not_name_it(world: World) -> None:
    boss, agent_id = world.principal("boss"), world.people["agent"].id
    add_task(boss, title="Al sud", party=world.parties["southern"], assignee_id=agent_id)
    add_task(boss, title="Di casa", party=world.parties["own"], assignee_id=agent_id)
    named = {task.title: task.party for task in day_of(world.principal("agent")).whenever}
    assert named == {"Al sud": None, "Di casa": world.parties["own"]}


@pytest.mark.parametrize(("field", "value"), [("title", " \u200b "), ("kind", "dream")])
def test_a_task_that_cannot_be_is_refused_by_field(world: World, field: str, value: str) -> None:
    facts = {"title": "Richiamare", field: value}
    with pytest.raises(InvalidFields) as refusal:
        add_task(world.principal("agent"), **facts)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]


def test_a_change_of_an_old_version_shows_both_values(world: World) -> None:
    agent = world.principal("agent")
    task = add_task(agent, title="Richiamare")
    edit_task(agent, task, version=1, title="Richiamare Anna")
    with pytest.raises(Stale) as refusal:
        edit_task(agent, task, version=1, title="Scrivere")
    assert (refusal.value.differing, refusal.value.version) == ({"title": ("Richiamare Anna", "Scrivere")}, 2)
