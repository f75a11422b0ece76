"""Cancelling and starting again, by those who may."""

from __future__ import annotations

from uuid import UUID

import pytest

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.events.tests.samples import effects
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.errors import JobFinished, JobNotStopped
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import cancel_job, enqueue, replay_job
from filo.foundation.jobs.tests.samples import TESTER, add, again, count_to

OWN = {"job": {"view": Scope.OWN, "edit": Scope.OWN}}
ANNA = Principal(kind="staff", name="Anna", user_id=UUID(int=1), grants=OWN)
BRUNO = Principal(kind="staff", name="Bruno", user_id=UUID(int=2), grants=OWN)
LOOKS = Principal(
    kind="staff",
    name="Carla",
    user_id=UUID(int=3),
    grants={"job": {"view": Scope.ALL, "edit": Scope.OWN}},
)


@pytest.mark.django_db
def test_a_waiting_job_that_is_cancelled_never_runs() -> None:
    made = enqueue(add, principal=ANNA, code="hall")
    assert cancel_job(ANNA, made).state == JobState.CANCELLED
    assert claim("tester", ["default"]) is None


@pytest.mark.django_db
def test_a_running_job_that_is_cancelled_takes_its_effect_back() -> None:
    made = enqueue(add, code="hall")
    found = claim("tester", ["default"])
    assert found is not None
    cancel_job(TESTER, made)
    run_claimed(found)
    assert again(made).state == JobState.CANCELLED
    assert effects() == []


@pytest.mark.django_db
def test_a_long_job_notices_that_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.foundation.jobs.context.SECONDS_BETWEEN_LOOKS", 0)
    made = enqueue(count_to, number=100)
    found = claim("tester", ["long"])
    assert found is not None
    context = JobContext(found, atomic=False)
    assert not context.cancelled()
    cancel_job(TESTER, made)
    assert context.cancelled()
    run_claimed(found)
    assert effects() == []
    assert again(made).state == JobState.CANCELLED


@pytest.mark.django_db
def test_what_is_done_cannot_be_cancelled() -> None:
    made = enqueue(add, code="hall")
    found = claim("tester", ["default"])
    assert found is not None
    run_claimed(found)
    with pytest.raises(JobFinished):
        cancel_job(TESTER, made)
    with pytest.raises(JobNotStopped):
        replay_job(TESTER, made)


@pytest.mark.django_db
def test_what_was_set_aside_gets_all_its_attempts_again() -> None:
    made = enqueue(add, code="hall")
    Job.objects.update(state=JobState.QUARANTINED, attempts=5, error="ValueError")
    assert replay_job(TESTER, made).state == JobState.READY
    found = claim("tester", ["default"])
    assert found is not None
    assert run_claimed(found) == JobState.DONE
    assert (again(made).attempts, effects()) == (1, ["hall"])


@pytest.mark.django_db
def test_people_see_their_own_jobs_and_who_looks_after_the_firm_sees_all() -> None:
    own = enqueue(add, principal=ANNA, code="a")
    enqueue(add, code="b")
    assert [job.pk for job in Job.objects.visible_to(ANNA)] == [own.pk]
    assert not Job.objects.visible_to(BRUNO).exists()
    assert Job.objects.visible_to(LOOKS).count() == 2
    assert Job.objects.visible_to(TESTER).count() == 2
    assert not Job.objects.visible_to(Principal(kind="link", name="a customer")).exists()


@pytest.mark.django_db
def test_others_jobs_are_not_there_and_seen_ones_not_everybodys_to_cancel() -> None:
    made = enqueue(add, principal=ANNA, code="a")
    with pytest.raises(NotFound):
        cancel_job(BRUNO, made)
    with pytest.raises(Forbidden):
        cancel_job(LOOKS, made)
    assert again(made).state == JobState.READY
