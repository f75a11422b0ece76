"""The worker as a whole: threads that do not hold each other up, and an end that loses nothing."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import transaction

from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import announce
from filo.foundation.events.tests.samples import effects, lit
from filo.foundation.jobs import schedule, workshop
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import load_jobs
from filo.foundation.jobs.services import cancel_job, enqueue
from filo.foundation.jobs.tests.conftest import Spawn, until
from filo.foundation.jobs.tests.samples import TESTER, add, again, count_to, hang, hold, post, wait_for_file

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "from filo.foundation.jobs.runner import main; import sys; main(**eval(sys.argv[1]))"
WITH_SAMPLES = "import django; django.setup(); from filo.foundation.jobs.tests import samples; "
PARENT = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", sys.argv[1], "{}"])
print(child.pid, file=open(sys.argv[2], "w"), flush=True)
os._exit(0) if sys.argv[3] == "die" else child.wait()
"""


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A worker in this process; calling it stops it."""
    load_jobs()
    monkeypatch.setattr(schedule, "_schedules", {})
    monkeypatch.setattr(workshop, "LOOK_SECONDS", 0.05)
    stop = Event()
    thread = Thread(target=workshop.run, args=(stop,))
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()

    yield end
    hold.set()
    end()
    hold.clear()


def is_done(job: Job) -> bool:
    return again(job).state == JobState.DONE


def test_a_worker_does_jobs_of_every_queue_and_relays_events(worker: Callable[[], None]) -> None:
    jobs = [enqueue(add, code="a"), enqueue(post, code="b"), enqueue(count_to, number=2)]
    with transaction.atomic():
        announce(TESTER, lit("hall"))
    until(lambda: all(is_done(job) for job in jobs))
    until(lambda: not OutboxEvent.objects.filter(relayed_at=None).exists())
    assert effects() == ["a", "b", "first-hall", "second-hall", "step-000", "step-001"]


def test_a_long_job_holds_up_neither_mail_nor_short_work(worker: Callable[[], None], tmp_path: Path) -> None:
    long = enqueue(wait_for_file, path=str(tmp_path / "begun"))
    until((tmp_path / "begun").exists)
    jobs = [enqueue(post, code="letter"), enqueue(add, code="short")]
    until(lambda: all(is_done(job) for job in jobs), seconds=5)
    assert again(long).state == JobState.RUNNING
    cancel_job(TESTER, long)
    following = enqueue(count_to, number=1)
    until(lambda: is_done(following))
    assert again(long).state == JobState.CANCELLED


def test_a_job_that_hangs_past_its_deadline_gets_out_of_the_way(worker: Callable[[], None]) -> None:
    enqueue(hang)
    following = enqueue(count_to, number=2)
    until(lambda: is_done(following))
    assert effects() == ["step-000", "step-001"]


def test_a_stopped_worker_gives_back_what_it_has_not_finished(
    worker: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "PATIENCE_SECONDS", 0.3)
    made = enqueue(wait_for_file, path=str(tmp_path / "begun"))
    until((tmp_path / "begun").exists)
    worker()
    assert (again(made).state, again(made).attempts) == (JobState.READY, 0)
    cancel_job(TESTER, made)  # lets the abandoned thread end


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_process_ends_in_order_when_it_is_asked_to(spawn: Spawn, number: signal.Signals) -> None:
    made = enqueue(add, code="hall")
    process = spawn(WITH_SAMPLES + MAIN, "{}")
    until(lambda: is_done(made))
    process.send_signal(number)
    assert process.wait(15) == 0


def test_a_worker_process_ends_with_its_parent(spawn: Spawn, tmp_path: Path) -> None:
    made = enqueue(add, code="hall")
    mother = spawn(PARENT, WITH_SAMPLES + MAIN, str(tmp_path / "pid"), "live")
    until(lambda: is_done(made))
    child = int((tmp_path / "pid").read_text())
    assert Path(f"/proc/{child}").exists()
    mother.kill()
    mother.wait()
    until(lambda: not is_alive(child), seconds=15)


def is_alive(pid: int) -> bool:
    """Whether a process still works (nobody may collect it after its end)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_killed_worker_process_is_replaced_without_loss(spawn: Spawn) -> None:
    jobs = [enqueue(add, code=f"job-{number:03}") for number in range(150)]
    first = spawn(WITH_SAMPLES + MAIN, "{}")
    until(lambda: Job.objects.filter(state=JobState.DONE).count() >= 10)
    first.kill()
    first.wait()
    Job.objects.filter(state=JobState.RUNNING).update(lease_until="2026-01-01T00:00:00Z")  # time goes by
    spawn(WITH_SAMPLES + MAIN, "{}")
    until(lambda: Job.objects.filter(state=JobState.DONE).count() == len(jobs))
    assert effects() == [f"job-{number:03}" for number in range(150)]
