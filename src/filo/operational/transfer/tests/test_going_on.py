"""An import that was stopped goes on where it was, nothing twice; one that is cancelled keeps what came in."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import cancel_job
from filo.foundation.jobs.tests.conftest import Spawn, spawn  # noqa: F401  (a fixture)
from filo.operational.parties.models import ExternalIdentity, Party
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.services import running
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import cancel_import, start_import
from filo.operational.transfer.tests.files import IMPORTER, counts, prepared
from filo.testing.world import World, build_world

ROWS = 120
MANY = "codice cliente;denominazione;comune\n" + "".join(f"C-{n};Bar {n};Salerno\n" for n in range(ROWS))


class PowerCut(Exception):
    """Nothing catches it."""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 50)


def test_it_goes_on_after_the_last_chunk(world: World) -> None:
    batch = start_import(IMPORTER, prepared(MANY), in_background=False)

    def cut(_batch: ImportBatch) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        carry_on(IMPORTER, batch, tell=cut)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.position) == ("running", 50, 51)
    batch = carry_on(IMPORTER, batch)
    assert (batch.state, counts(batch)) == ("done", (ROWS, 0, 0, 0))
    assert ExternalIdentity.objects.filter(key__startswith="C-").count() == ROWS


def test_two_that_carry_on_at_once_bring_nothing_in_twice(world: World) -> None:
    batch = start_import(IMPORTER, prepared(MANY), in_background=False)

    def other(_batch: ImportBatch) -> None:
        if not ran:
            ran.append(True)
            carry_on(IMPORTER, ImportBatch.objects.get(pk=batch.pk))

    ran: list[bool] = []
    carry_on(IMPORTER, batch, tell=other)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("done", (ROWS, 0, 0, 0))
    assert ImportRow.objects.filter(batch=batch).count() == ROWS


def test_a_cancelled_import_keeps_what_came_in(world: World) -> None:
    batch = start_import(IMPORTER, prepared(MANY), in_background=False)
    ended = carry_on(IMPORTER, batch, tell=lambda now: cancel_import(IMPORTER, now))
    assert (ended.state, counts(ended)) == ("cancelled", (50, 0, 0, 0))
    assert carry_on(IMPORTER, ended).done == 50


def test_it_runs_as_a_job_with_the_rights_of_who_started_it(world: World) -> None:
    manager = world.principal("manager")
    batch = start_import(manager, prepared(MANY, principal=manager))
    job = Job.objects.get(name="transfer.run_import")
    assert (job.queue, job.requested_by) == ("long", manager.user_id)
    claimed = claim("tester", ["long"])
    assert claimed is not None
    assert run_claimed(claimed) == JobState.DONE
    batch.refresh_from_db()
    job.refresh_from_db()
    assert (batch.state, batch.created, job.done, job.total) == ("done", ROWS, ROWS, ROWS)
    assert set(Party.objects.filter(source="clienti").values_list("relationships__unit__code", flat=True)) == {"nord"}


def test_it_is_cancelled_with_its_job_and_not_when_another_worker_has_it(world: World) -> None:
    admin = world.principal("admin")
    batch = start_import(admin, prepared(MANY, principal=admin))
    assert carry_on(admin, batch, is_cancelled=lambda: True).state == "running"
    cancel_job(admin, Job.objects.get(name="transfer.run_import"))
    assert carry_on(admin, batch, is_cancelled=lambda: True).state == "cancelled"


def test_a_job_of_somebody_who_left_fails_with_a_sentence(world: World) -> None:
    manager = world.principal("manager")
    batch = start_import(manager, prepared(MANY, principal=manager))
    type(world.people["manager"]).objects.filter(pk=world.people["manager"].pk).update(is_active=False)
    claimed = claim("tester", ["long"])
    assert claimed is not None
    run_claimed(claimed)
    batch.refresh_from_db()
    assert (batch.state, bool(batch.error), batch.created) == ("failed", True, 0)


def test_a_right_that_is_lost_meanwhile_ends_it(world: World) -> None:
    manager = world.principal("manager")
    batch = start_import(manager, prepared(MANY, principal=manager), in_background=False)
    without = replace(manager, grants={**manager.grants, "party": {"view": Scope.UNIT}})
    ended = carry_on(without, batch)
    assert (ended.state, bool(ended.error), ended.done) == ("failed", True, 0)


def test_a_file_that_is_gone_fails_with_a_sentence(world: World) -> None:
    batch = start_import(IMPORTER, prepared(MANY), in_background=False)
    batch.path.unlink()
    ended = carry_on(IMPORTER, batch)
    assert (ended.state, ended.error.endswith(".")) == ("failed", True)
    assert "FileNotFound" not in ended.error


WORK_AND_DIE = """
import os, signal, sys, threading
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[1]
from filo.operational.transfer.services import chunks, running
running.CHUNK = 50
whole, seen = chunks._keep, []
def keep(*arguments):
    whole(*arguments)
    seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
chunks._keep = keep
from filo.foundation.jobs.desks import Desk
Desk("long").work(threading.Event())
"""


@pytest.mark.django_db(transaction=True)
def test_killed_inside_a_chunk_it_resumes_exactly_after_the_chunk_before(
    spawn: Spawn,  # noqa: F811
    kept_files: Path,
) -> None:
    build_world()
    batch = start_import(IMPORTER, prepared(MANY))
    assert spawn(WORK_AND_DIE, str(kept_files)).wait(90) == -signal.SIGKILL
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("running", 50)
    assert ExternalIdentity.objects.filter(key__startswith="C-").count() == 50
    with clock.at(clock.now() + timedelta(minutes=1)):
        claimed = claim("next", ["long"])
        assert claimed is not None
        assert run_claimed(claimed) == JobState.DONE
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("done", (ROWS, 0, 0, 0))
    assert ExternalIdentity.objects.filter(key__startswith="C-").count() == ROWS
    assert ImportRow.objects.filter(batch=batch).count() == ROWS
