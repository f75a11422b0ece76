"""A change of many that was stopped goes on where it was, nobody twice; one that is cancelled keeps what was done."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import cancel_job, replay_job
from filo.foundation.jobs.tests.conftest import Spawn, spawn  # noqa: F401  (a fixture)
from filo.operational.parties.models import BulkEdit, Relationship, TimelineEntry
from filo.operational.parties.queries.bulk import seen_edit
from filo.operational.parties.services.many import running, taking_back
from filo.operational.parties.services.many.acts import Act
from filo.operational.parties.services.many.choosing import cancel, start
from filo.operational.parties.services.many.running import carry_on
from filo.operational.parties.services.many.taking_back import take_back
from filo.operational.parties.tests.many import done, dump, firms, prepared, work
from filo.testing.world import World, build_world

NUMBER = 60


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 20)
    monkeypatch.setattr(taking_back, "CHUNK", 20)


def to_the_stranger(world: World) -> Act:
    return Act("assign", {"owner_id": str(world.people["stranger"].id)})


def given(world: World) -> int:
    return Relationship.objects.filter(owner=world.people["stranger"], version=2).count()


def test_cancelled_it_keeps_what_was_done_and_says_so(world: World) -> None:
    admin = world.principal("admin")
    edit = start(admin, prepared(admin, firms(world, NUMBER), to_the_stranger(world)))
    ended = carry_on(admin, edit, tell=lambda now: cancel(admin, now) if now.position == 40 else None)
    assert (ended.state, ended.changed, ended.position, given(world)) == ("cancelled", 40, 40, 40)
    assert Job.objects.get(name="parties.change_many").state == JobState.CANCELLED


def test_a_job_that_was_stopped_from_its_own_page_may_go_on_or_be_taken_back(world: World) -> None:
    admin = world.principal("admin")
    before_all = firms(world, NUMBER)
    before = dump()
    edit = start(admin, prepared(admin, before_all, to_the_stranger(world)))
    job = Job.objects.get(name="parties.change_many")
    carry_on(admin, edit, tell=lambda _now: cancel_job(admin, job), is_cancelled=lambda: edit_position(edit) >= 20)
    assert (seen_edit(admin, edit.pk).state, given(world)) == ("cancelled", 20)
    replay_job(admin, job)
    assert work() == JobState.DONE
    assert given(world) == NUMBER
    take_back(admin, edit)
    work()
    assert dump() == before


def edit_position(edit: BulkEdit) -> int:
    return BulkEdit.objects.values_list("position", flat=True).get(pk=edit.pk)


def test_one_that_another_worker_has_taken_is_left_to_it(world: World) -> None:
    admin = world.principal("admin")
    edit = start(admin, prepared(admin, firms(world, NUMBER), to_the_stranger(world)))
    first = carry_on(admin, edit, tell=lambda now: carry_on(admin, now) if now.position == 20 else None)
    assert (first.position, given(world)) == (NUMBER, NUMBER)
    assert TimelineEntry.objects.filter(kind="relationship.owner").count() == NUMBER
    edit.refresh_from_db()
    assert (edit.state, edit.changed) == ("done", NUMBER)


def test_taking_back_goes_on_where_it_was_stopped(world: World) -> None:
    admin, parties = world.principal("admin"), firms(world, NUMBER)
    before = dump()
    edit = take_back(admin, done(admin, parties, to_the_stranger(world)))

    def cut(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        taking_back.go_back(admin, edit, tell=cut)
    assert given(world) == 40
    work()
    edit.refresh_from_db()
    assert (edit.state, edit.back_done, edit.back_left) == ("undone", NUMBER, 0)
    assert dump() == before


WORK_AND_DIE = """
import os, signal, threading
import django
django.setup()
from filo.operational.parties.services.many import running
running.CHUNK = 20
whole, seen = running.store, []
def store(*arguments):
    whole(*arguments)
    seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
running.store = store
from filo.foundation.jobs.desks import Desk
Desk("long").work(threading.Event())
"""


@pytest.mark.django_db(transaction=True)
def test_killed_inside_a_chunk_every_row_is_changed_once(spawn: Spawn) -> None:  # noqa: F811
    world = build_world()
    admin = world.principal("admin")
    edit = start(admin, prepared(admin, firms(world, NUMBER), to_the_stranger(world)))
    assert spawn(WORK_AND_DIE).wait(90) == -signal.SIGKILL
    edit.refresh_from_db()
    assert (edit.state, edit.position, given(world)) == ("running", 20, 20)
    with clock.at(clock.now() + timedelta(minutes=1)):
        claimed = claim("next", ["long"])
        assert claimed is not None
        assert run_claimed(claimed) == JobState.DONE
    edit.refresh_from_db()
    assert (edit.state, edit.changed, given(world)) == ("done", NUMBER, NUMBER)
    assert AuditEntry.objects.filter(operation=edit.pk).count() == NUMBER
    assert TimelineEntry.objects.filter(kind="relationship.owner").count() == NUMBER
