"""Enqueueing: with the change or not at all, once for each key."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection, transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.events.tests.samples import effects
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import enqueue
from filo.foundation.jobs.tests.samples import add, count_to


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_job() -> None:
    with transaction.atomic():
        enqueue(add, code="hall")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_a_job_remembers_what_it_is_and_who_asked() -> None:
    anna = Principal(kind="staff", name="Anna", user_id=UUID(int=5))
    made = enqueue(count_to, principal=anna, number=3)
    found = Job.objects.get(pk=made.pk)
    assert (found.name, found.queue, found.args) == ("samples.count_to", "long", {"number": 3})
    assert (found.state, found.max_attempts, found.requested_by) == (JobState.READY, 5, UUID(int=5))


@pytest.mark.django_db
def test_three_times_the_same_key_is_one_job_and_one_effect() -> None:
    made = {enqueue(add, key="hall", code="hall").pk for _ in range(3)}
    assert len(made) == 1
    while found := claim("tester", ["default"]):
        run_claimed(found)
    enqueue(add, key="hall", code="hall")
    assert claim("tester", ["default"]) is None
    assert effects() == ["hall"]


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_with_one_key_get_one_job() -> None:
    start, made = Barrier(4), []

    def ask() -> None:
        start.wait()
        try:
            with transaction.atomic():
                made.append(enqueue(add, key="hall", code="hall").pk)
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert set(made) == set(Job.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_job_for_later_is_not_claimed_before() -> None:
    enqueue(add, run_at=clock.now() + timedelta(hours=1), code="hall")
    assert claim("tester", ["default"]) is None
    with clock.at(clock.now() + timedelta(hours=2)):
        assert claim("tester", ["default"]) is not None


@pytest.mark.django_db
def test_arguments_that_do_not_fit_are_refused_at_once() -> None:
    with pytest.raises(TypeError):
        enqueue(add, cod="hall")
    with pytest.raises(TypeError):
        enqueue(add, code={"a", "b"})
    with pytest.raises(LookupError, match=r"samples\.nothing"):
        enqueue("samples.nothing")
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_who_stands_below_enqueues_by_name() -> None:
    assert enqueue("samples.add", code="hall").name == add.name


def test_a_long_job_is_never_one_transaction() -> None:
    with pytest.raises(TypeError, match="atomic=False"):
        job(queue="long")


def test_an_argument_cannot_hide_a_keyword_of_enqueue() -> None:
    with pytest.raises(TypeError, match="run_at"):

        @job()
        def confused(context: JobContext, *, run_at: str) -> None: ...
