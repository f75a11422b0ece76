"""Schedules: each occurrence once, over DST nights, missed hours, clock jumps and two runners."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from filo.foundation.jobs import schedule
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.models import Job, Schedule
from filo.foundation.jobs.registry import job, load_jobs
from filo.foundation.jobs.schedule import Daily, Every, daily, every, run_due


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@job()
def wind_the_clock(context: JobContext) -> None: ...


@pytest.fixture(autouse=True)
def only_these_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    load_jobs()
    monkeypatch.setattr(schedule, "_schedules", {})


def daily_at(at: str) -> Daily:
    daily(at=at)(wind_the_clock)
    rule = schedule.schedules()[wind_the_clock.name]
    assert isinstance(rule, Daily)
    return rule


def runs_between(start: str, end: str, *, minutes: int = 10) -> list[datetime]:
    """The moments at which something was enqueued, looking every so many minutes."""
    moment, found = utc(start), []
    while moment <= utc(end):
        found += [moment] * run_due(moment)
        moment += timedelta(minutes=minutes)
    return found


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_day_at_its_local_time() -> None:
    daily_at("02:30")
    assert runs_between("2026-01-10 12:00", "2026-01-13 12:00") == [
        utc("2026-01-11 01:30"),
        utc("2026-01-12 01:30"),
        utc("2026-01-13 01:30"),
    ]
    assert Job.objects.count() == 3


@pytest.mark.django_db
def test_a_local_time_that_the_spring_night_skips_runs_once() -> None:
    daily_at("02:30")
    assert runs_between("2026-03-28 12:00", "2026-03-30 12:00") == [
        utc("2026-03-29 01:30"),  # 03:30 by the wall clock: there was no 02:30
        utc("2026-03-30 00:30"),
    ]


@pytest.mark.django_db
def test_a_local_time_that_the_autumn_night_has_twice_runs_once() -> None:
    daily_at("02:30")
    assert runs_between("2026-10-24 12:00", "2026-10-26 12:00") == [
        utc("2026-10-25 00:30"),  # the first of the two
        utc("2026-10-26 01:30"),
    ]


@pytest.mark.django_db
def test_the_year_ends_without_a_run_too_many() -> None:
    daily_at("00:00")
    assert runs_between("2026-12-31 12:00", "2027-01-01 23:50") == [
        utc("2026-12-31 23:00"),
        utc("2027-01-01 23:00"),
    ]


@pytest.mark.django_db
def test_what_was_missed_is_made_up_for_once() -> None:
    daily_at("02:30")
    run_due(utc("2026-01-10 12:00"))
    assert run_due(utc("2026-01-20 12:00")) == 1
    assert run_due(utc("2026-01-20 12:01")) == 0
    assert Schedule.objects.get().next_at == utc("2026-01-21 01:30")


@pytest.mark.django_db
def test_a_day_that_was_served_is_not_served_again_when_the_clock_goes_back() -> None:
    daily_at("02:30")
    run_due(utc("2026-01-10 12:00"))
    assert run_due(utc("2026-01-11 01:31")) == 1
    assert runs_between("2026-01-10 01:31", "2026-01-12 12:00") == [utc("2026-01-12 01:31")]


@pytest.mark.django_db
def test_an_interval_goes_on_when_the_clock_goes_back() -> None:
    every(minutes=5)(wind_the_clock)
    run_due(utc("2026-01-10 12:00"))
    assert run_due(utc("2026-01-10 12:05")) == 1
    run_due(utc("2026-01-09 12:05"))
    assert run_due(utc("2026-01-09 12:10")) == 1


@pytest.mark.django_db
def test_an_interval_runs_at_its_distance() -> None:
    every(minutes=30)(wind_the_clock)
    assert len(runs_between("2026-01-10 00:00", "2026-01-11 00:00")) == 48


@pytest.mark.django_db
def test_a_rule_that_changes_is_reckoned_anew() -> None:
    daily_at("02:30")
    run_due(utc("2026-01-10 12:00"))
    daily_at("13:30")
    run_due(utc("2026-01-10 12:01"))
    assert Schedule.objects.get().next_at == utc("2026-01-10 12:30")
    assert run_due(utc("2026-01-10 12:30")) == 1


@pytest.mark.django_db(transaction=True)
def test_two_runners_enqueue_an_occurrence_once() -> None:
    every(minutes=1)(wind_the_clock)
    moment = utc("2026-01-10 12:00")
    run_due(moment)
    for _ in range(5):
        moment += timedelta(minutes=1)
        start = Barrier(3)
        enqueued: list[int] = []

        def look(start: Barrier = start, moment: datetime = moment, enqueued: list[int] = enqueued) -> None:
            start.wait()
            try:
                enqueued.append(run_due(moment))
            finally:
                connection.close()

        threads = [Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(enqueued) == [0, 0, 1]
    assert Job.objects.count() == 5


@pytest.mark.parametrize("zone", ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC"])
def test_a_daily_rule_gives_one_occurrence_for_each_day_of_the_year(zone: str) -> None:
    from datetime import time

    rule, moment, days = Daily(time(2, 30), zone), utc("2026-01-01 00:00"), 0
    while moment < utc("2027-01-01 00:00"):
        later = rule.after(moment)
        assert timedelta(hours=1) <= later - moment <= timedelta(hours=26)
        moment, days = later, days + 1
    assert days in (365, 366)


def test_rules_say_what_they_are() -> None:
    assert str(Every(timedelta(minutes=5))) == "every 300 s"
    assert str(daily_at("02:30")) == "daily at 02:30 in Europe/Rome"
