"""Running: an effect and its *done* are one, failures are tried again, poison is set aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.events.tests.samples import effects
from filo.foundation.jobs.leases import claim, claim_some
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import enqueue
from filo.foundation.jobs.tests.samples import add, again, broken, come_later, count_to, refuse


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Iterator[None]:
    broken.clear()
    yield
    broken.clear()


def work(*queues: str) -> list[JobState]:
    """Run everything that is due now, one job after the other."""
    states = []
    while found := claim("tester", queues or ("default", "long", "mail")):
        states.append(run_claimed(found))
    return states


@pytest.mark.django_db
def test_a_job_is_done_with_its_result() -> None:
    made = enqueue(add, code="hall")
    assert work() == [JobState.DONE]
    found = again(made)
    assert (found.state, found.result, found.attempts) == (JobState.DONE, {"made": "hall"}, 1)
    assert (found.leased_by, found.lease_until) == ("", None)
    assert found.finished_at is not None


@pytest.mark.django_db
def test_a_failing_job_loses_its_effect_and_succeeds_later() -> None:
    broken.add("hall")
    made = enqueue(add, code="hall")
    assert work() == [JobState.READY]
    assert effects() == []
    found = again(made)
    assert timedelta(seconds=3) < found.run_at - clock.now() <= timedelta(seconds=6)
    broken.clear()
    assert work() == [], "its time has not come"
    with clock.at(found.run_at):
        assert work() == [JobState.DONE]
    assert effects() == ["hall"]
    assert again(made).attempts == 2


@pytest.mark.django_db
def test_waits_grow_from_attempt_to_attempt() -> None:
    broken.add("hall")
    made = enqueue(add, code="hall")
    waits, moment = [], clock.now()
    for _ in range(4):
        with clock.at(moment):
            work()
            waits.append((again(made).run_at - moment).total_seconds())
        moment = again(made).run_at
    for wait, expected in zip(waits, [5, 15, 45, 135], strict=True):
        assert expected * 0.8 <= wait <= expected * 1.2


@pytest.mark.django_db
def test_poison_is_set_aside_after_its_attempts_without_personal_data() -> None:
    broken.add("hall")
    made = enqueue(add, code="hall")
    moment = clock.now()
    for _ in range(8):
        moment += timedelta(hours=2)
        with clock.at(moment):
            work()
    found = again(made)
    assert (found.state, found.attempts) == (JobState.QUARANTINED, 5)
    assert found.error.startswith("ValueError\n")
    assert "samples.py" in found.error
    assert "mario" not in found.error


@pytest.mark.django_db
def test_poison_among_others_does_not_hold_them_up() -> None:
    broken.add("poison")
    for number in range(50):
        enqueue(add, code="poison" if number == 10 else f"job-{number:02}")
    work()
    assert Job.objects.filter(state=JobState.DONE).count() == 49
    assert Job.objects.get(state=JobState.READY).args == {"code": "poison"}


@pytest.mark.django_db
def test_a_refusal_of_the_domain_is_not_tried_again() -> None:
    made = enqueue(refuse)
    assert work() == [JobState.FAILED]
    assert again(made).error == "not-today"


@pytest.mark.django_db
def test_a_job_can_say_when_to_come_again() -> None:
    made = enqueue(come_later)
    now = clock.now()
    with clock.at(now):
        assert work() == [JobState.READY]
    assert again(made).run_at == now + timedelta(minutes=7)


@pytest.mark.django_db
def test_a_job_that_this_version_does_not_know_is_set_aside() -> None:
    made = enqueue(add, code="hall")
    Job.objects.update(name="samples.gone")
    assert work() == [JobState.QUARANTINED]
    assert again(made).error.startswith("LookupError")


@pytest.mark.django_db
def test_a_long_job_tells_how_far_it_is() -> None:
    made = enqueue(count_to, number=4)
    work("long")
    found = again(made)
    assert (found.done, found.total, found.result) == (4, 4, 4)


@pytest.mark.django_db
def test_rate_and_time_left_come_from_the_present_attempt() -> None:
    began = clock.now()
    found = Job(state=JobState.RUNNING, started_at=began, done=200, total=1000)
    with clock.at(began + timedelta(seconds=10)):
        assert found.rate == 20.0
        assert found.time_left == timedelta(seconds=40)


@pytest.mark.django_db
def test_short_fresh_jobs_are_claimed_together_and_a_retry_alone() -> None:
    for code in ("a", "b", "c"):
        enqueue(add, code=code)
    Job.objects.filter(args={"code": "c"}).update(attempts=1)
    assert [job.args["code"] for job in claim_some("tester", ["default"], most=10)] == ["a", "b"]
    assert [job.args["code"] for job in claim_some("tester", ["default"], most=10)] == ["c"]
