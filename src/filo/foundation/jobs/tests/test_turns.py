"""Turns: nobody's burst and nobody's import holds up the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.jobs import schedule, workshop
from filo.foundation.jobs.leases import claim, claim_some
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import job_kinds, load_jobs
from filo.foundation.jobs.services import cancel_job, enqueue
from filo.foundation.jobs.tests.conftest import until
from filo.foundation.jobs.tests.samples import TESTER, add, again, come_later, count_to, post, wait_for_file
from filo.foundation.jobs.turns import lane_of

ANNA = Principal(kind="staff", name="Anna", user_id=UUID(int=1))
BRUNO = Principal(kind="staff", name="Bruno", user_id=UUID(int=2))


def burst(number: int, principal: Principal | None = None) -> None:
    """Many jobs of one kind for one person, at once."""
    moment, asked = clock.now(), principal.user_id if principal else None
    rows = [
        Job(
            name=add.name,
            args={"code": f"burst-{place:05}"},
            queue="default",
            run_at=moment,
            created_at=moment,
            requested_by=asked,
            lane=lane_of(add.name, asked),
        )
        for place in range(number)
    ]
    Job.objects.bulk_create(rows, batch_size=1000)


@pytest.mark.django_db
def test_a_claim_takes_a_share_of_every_lane() -> None:
    burst(50, ANNA)
    single = enqueue(add, principal=BRUNO, code="single")
    taken = claim_some("tester", ["default"], most=10)
    assert len(taken) == 10
    assert single.pk in {job.pk for job in taken}


@pytest.mark.django_db
def test_what_comes_alone_goes_round_the_lanes() -> None:
    for code in ("a", "b", "c"):
        enqueue(post, principal=ANNA, code=code)
    enqueue(post, principal=BRUNO, code="d")
    enqueue(come_later)
    seen, after = [], ""
    while taken := claim_some("tester", ["mail"], most=25, after=after):
        after = taken[-1].lane
        seen.append(after)
    assert len(seen) == 5
    assert len(set(seen[:3])) == 3, "each lane once before one has its second turn"


@pytest.mark.django_db
def test_a_person_does_one_long_job_of_a_kind_at_a_time() -> None:
    first = enqueue(count_to, principal=ANNA, number=1)
    second = enqueue(count_to, principal=ANNA, number=1)
    other = enqueue(count_to, principal=BRUNO, number=1)
    taken = [claim("one", ["long"]), claim("two", ["long"])]
    assert {job.pk for job in taken if job} == {first.pk, other.pk}
    assert claim("three", ["long"]) is None
    cancel_job(TESTER, first)
    found = claim("three", ["long"])
    assert found is not None
    assert found.pk == second.pk


@pytest.mark.django_db
def test_who_has_nothing_under_way_goes_before_who_has() -> None:
    enqueue(count_to, principal=ANNA, number=1)
    claim("one", ["long"])
    enqueue(wait_for_file, principal=ANNA, path="/nowhere")
    other = enqueue(wait_for_file, principal=BRUNO, path="/nowhere")
    found = claim("two", ["long"])
    assert found is not None
    assert found.pk == other.pk


def test_every_job_of_filo_has_a_name_for_people() -> None:
    ours = [kind for kind in job_kinds() if kind.function.__module__.startswith("filo.")]
    shown = [
        kind
        for kind in ours
        if ".config." not in kind.function.__module__ and ".tests." not in kind.function.__module__
    ]
    assert [kind.name for kind in shown if not kind.label] == []
    assert len(shown) > 5


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Starts a worker in this process when it is called; it ends with the test."""
    load_jobs()
    monkeypatch.setattr(schedule, "_schedules", {})
    stop = Event()
    thread = Thread(target=workshop.run, args=(stop,))
    yield thread.start
    stop.set()
    thread.join(30)


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_ten_thousand_does_not_delay_somebody_elses_job(worker: Callable[[], None]) -> None:
    burst(10_000, ANNA)
    worker()
    until(lambda: Job.objects.filter(state=JobState.DONE).exists())
    asked = time.monotonic()
    single = enqueue(add, principal=BRUNO, code="single")
    until(lambda: again(single).state == JobState.DONE, seconds=5)
    waited, left = time.monotonic() - asked, Job.objects.filter(state=JobState.READY).count()
    assert left > 5_000, "the burst was over before it could delay anything"
    assert waited < 5


@pytest.mark.django_db(transaction=True)
def test_one_persons_long_jobs_leave_a_desk_to_others(worker: Callable[[], None], tmp_path: Path) -> None:
    mine = [enqueue(wait_for_file, principal=ANNA, path=str(tmp_path / name)) for name in ("a", "b", "c")]
    worker()
    until((tmp_path / "a").exists)
    others = enqueue(count_to, principal=BRUNO, number=2)
    until(lambda: again(others).state == JobState.DONE, seconds=10)
    assert sorted(again(job).state for job in mine) == [JobState.READY, JobState.READY, JobState.RUNNING]
    for job in reversed(mine):
        cancel_job(TESTER, job)
