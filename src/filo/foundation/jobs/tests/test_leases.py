"""Leases: a lost worker's job is taken again, and whoever holds no lease has no effect."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.events.tests.samples import effects, leave
from filo.foundation.jobs.leases import LEASE, claim, claim_some, give_back, mend_after_clock_jump, renew
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import enqueue
from filo.foundation.jobs.tests.samples import add, again, count_to

DEFAULT = ["default"]


@pytest.mark.django_db
def test_a_job_whose_lease_ran_out_is_taken_again_and_has_one_effect() -> None:
    made = enqueue(add, code="hall")
    slow = claim("slow", DEFAULT)
    assert slow is not None
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        quick = claim("quick", DEFAULT)
        assert quick is not None
        assert quick.pk == made.pk
        assert run_claimed(quick) == JobState.DONE
    run_claimed(slow)  # wakes up, does its part, and finds that it is not its job any more
    assert effects() == ["hall"]
    assert again(made).attempts == 2


@pytest.mark.django_db
def test_who_lost_the_lease_leaves_no_effect_even_if_first() -> None:
    enqueue(add, code="hall")
    slow = claim("slow", DEFAULT)
    assert slow is not None
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        quick = claim("quick", DEFAULT)
    run_claimed(slow)
    assert effects() == []
    assert quick is not None
    assert run_claimed(quick) == JobState.DONE
    assert effects() == ["hall"]


@pytest.mark.django_db
def test_a_renewed_lease_is_not_taken() -> None:
    enqueue(add, code="hall")
    held = claim("slow", DEFAULT)
    assert held is not None
    with clock.at(clock.now() + timedelta(seconds=20)):
        renew([(held.pk, "slow")])
    with clock.at(clock.now() + timedelta(seconds=40)):
        assert claim("quick", DEFAULT) is None


@pytest.mark.django_db
def test_a_lease_is_not_renewed_past_the_deadline() -> None:
    made = enqueue(add, code="hall")
    claim("slow", DEFAULT)
    Job.objects.update(deadline_at=clock.now() + timedelta(seconds=5))
    renew([(made.pk, "slow")])
    assert again(made).lease_until == again(made).deadline_at


@pytest.mark.django_db
def test_a_job_whose_workers_die_every_time_is_set_aside() -> None:
    made = enqueue(add, code="hall")
    moment = clock.now()
    for _ in range(7):
        moment += timedelta(minutes=2)
        with clock.at(moment):
            claim("mortal", DEFAULT)
    found = again(made)
    assert (found.state, found.attempts, found.error) == (JobState.QUARANTINED, 5, "WorkerLost")


@pytest.mark.django_db
def test_a_worker_that_stops_gives_back_without_losing_an_attempt() -> None:
    for code in ("a", "b"):
        enqueue(add, code=code)
    give_back(claim_some("stopping", DEFAULT, most=5))
    assert list(Job.objects.values_list("state", "attempts")) == [("ready", 0), ("ready", 0)]
    assert len(claim_some("other", DEFAULT, most=5)) == 2


@pytest.mark.django_db
def test_progress_begun_by_a_lost_worker_is_carried_on() -> None:
    enqueue(count_to, number=6)
    lost = claim("lost", ["long"])
    assert lost is not None
    for step in range(3):
        leave(f"step-{step:03}")
    with clock.at(clock.now() + LEASE * 2):
        found = claim("other", ["long"])
        assert found is not None
        assert run_claimed(found) == JobState.DONE
    assert effects() == [f"step-{step:03}" for step in range(6)]


@pytest.mark.django_db
@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_is_set_back_stops_nothing(back: timedelta) -> None:
    now = clock.now()
    for code in ("a", "b"):
        enqueue(add, code=code)
    first = claim("lost", DEFAULT)
    assert first is not None
    with clock.at(now - back):
        assert claim("tester", DEFAULT) is None
        assert mend_after_clock_jump() == 2
        assert claim("tester", DEFAULT) is not None
    with clock.at(now - back + LEASE + timedelta(seconds=1)):
        taken = claim("tester", DEFAULT)
        assert taken is not None
    assert mend_after_clock_jump() == 0


@pytest.mark.django_db
def test_a_job_for_later_stays_for_later_when_the_clock_is_looked_at() -> None:
    made = enqueue(add, run_at=clock.now() + timedelta(hours=1), code="hall")
    assert mend_after_clock_jump() == 0
    assert again(made).run_at > clock.now()
