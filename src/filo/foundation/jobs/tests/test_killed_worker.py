"""`kill -9` of a worker in the middle of a job: taken again, and exactly one effect."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from filo.foundation import clock
from filo.foundation.events.tests.samples import effects
from filo.foundation.jobs.leases import claim, claim_some
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import enqueue
from filo.foundation.jobs.tests.conftest import Spawn
from filo.foundation.jobs.tests.samples import add, add_then_die, again, always_die

WORK_ONCE = """
import django
django.setup()
from filo.foundation.jobs.tests import samples
from filo.foundation.jobs.desks import Desk
import threading
Desk("default").work(threading.Event())
"""


@pytest.mark.django_db(transaction=True)
def test_a_job_killed_in_the_middle_has_exactly_one_effect(spawn: Spawn, tmp_path: Path) -> None:
    made = enqueue(add_then_die, code="hall", mark=str(tmp_path / "died"))
    assert spawn(WORK_ONCE).wait(60) == -signal.SIGKILL
    assert again(made).state == JobState.RUNNING
    assert effects() == []
    assert claim("early", ["default"]) is None
    with clock.at(clock.now() + timedelta(minutes=1)):
        found = claim("next", ["default"])
        assert found is not None
        assert run_claimed(found) == JobState.DONE
    assert effects() == ["hall"]
    assert again(made).attempts == 2


@pytest.mark.django_db(transaction=True)
def test_a_job_that_kills_its_worker_takes_its_neighbours_with_it_once_at_most(spawn: Spawn) -> None:
    poison = enqueue(always_die)
    others = [enqueue(add, code=f"job-{number}") for number in range(3)]
    assert spawn(WORK_ONCE).wait(60) == -signal.SIGKILL
    assert {again(job).attempts for job in others} == {1}
    moment = clock.now() + timedelta(minutes=1)
    with clock.at(moment):
        [alone] = claim_some("next", ["default"], most=10)
        assert alone.pk == poison.pk
        while found := claim("next", ["default"]):
            run_claimed(found)
    assert effects() == ["job-0", "job-1", "job-2"]
    for _ in range(2):
        moment += timedelta(minutes=1)
        with clock.at(moment):
            claim("next", ["default"])
    assert again(poison).state == JobState.QUARANTINED
    assert Job.objects.filter(state=JobState.DONE).count() == 3
