"""How *Health* and the public page tell who lives, who fell silent, and what waits."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.conf import settings as current
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from filo.foundation import clock
from filo.foundation.health import standing
from filo.foundation.health.checks import flow, machine, processes
from filo.foundation.health.checkup import Check, Checked, Finding, Level, add_check, check_all, verdict
from filo.foundation.health.models import DailyFigure, ProcessBeat
from filo.foundation.health.queries import processes as living
from filo.foundation.health.services import Process, beat, end_process, forget_silent, tell_who_lives
from filo.foundation.jobs.models import Job
from filo.foundation.push.models import PushMessage
from filo.testing.clients import CheckedClient

LOOPS = ["default", "leases", "long", "mail", "relay", "schedule"]
GB = 1024**3


def lives(role: str, *, ago: float = 0, up: float = 60, loops: list[str] | None = None) -> Process:
    """A process that beat so many seconds ago."""
    seen = clock.now() - timedelta(seconds=ago)
    process = Process("house", 4711, role, "1", started_at=seen - timedelta(seconds=up))
    with clock.at(seen):
        beat(process, memory=80_000_000, sockets=3, loops=LOOPS if loops is None else loops)
    return process


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def test_a_house_in_which_all_live_is_well(db: None) -> None:
    lives("all")
    lives("jobs")
    assert processes.look().level is Level.GOOD


def test_a_worker_that_fell_silent_is_told_in_words_of_the_house(db: None) -> None:
    lives("all")
    lives("jobs", ago=180)
    found = processes.look()
    assert found.level is Level.BAD
    assert "Mail, imports and events stand still; pages work." in str(found.sentence)
    assert "silent for 3 minutes" in str(found.sentence)
    assert "./filo worker" in str(found.advice)


def test_a_part_alone_that_fell_does_not_take_the_others_with_it(db: None) -> None:
    lives("staff")
    lives("jobs")
    lives("portal")
    lives("api", ago=60)
    assert str(processes.look().sentence).startswith("Programs that use the API get no answer. The process 4711")


def test_a_loop_that_stopped_is_named(db: None) -> None:
    lives("all")
    lives("jobs", loops=["default", "long", "mail", "schedule"])
    assert str(processes.look().sentence) == "Events are not handed on."


def test_a_worker_that_is_just_starting_is_no_alarm(db: None) -> None:
    lives("all")
    lives("jobs", up=0, loops=[])
    assert processes.look().level is Level.GOOD


def test_who_ends_as_it_should_is_forgotten_and_who_does_not_is_kept_for_a_day(db: None) -> None:
    end_process(lives("jobs"))
    lives("all", ago=3600)
    lives("all", ago=90_000)
    forget_silent()
    assert ProcessBeat.objects.count() == 1


def test_who_was_killed_leaves_the_list_after_a_minute_and_open_pages_hear_of_it_once(
    db: None, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    begin, first, killed = clock.now(), lives("all"), lives("all", ago=5)
    told = tell_who_lives(first, None)
    heard, listed = [], []
    for seconds in (10, 20, 30, 40, 50, 60, 70):
        before = PushMessage.objects.filter(topic="health:all").count()
        with clock.at(begin + timedelta(seconds=seconds)), django_capture_on_commit_callbacks(execute=True):
            beat(first, memory=80_000_000, sockets=3, loops=LOOPS)
            told = tell_who_lives(first, told)
            assert tell_who_lives(killed, None) is None, "only the oldest of the living tells"
            listed.append(len(living().listed()))
        heard.append(PushMessage.objects.filter(topic="health:all").count() - before)
    assert listed == [2, 2, 2, 2, 2, 1, 1]
    assert heard == [0, 0, 1, 0, 0, 1, 0], "once that it fell silent, once that it left"
    with clock.at(begin + timedelta(seconds=75)):
        lives("jobs")
        assert "One did not say goodbye" in str(processes.look().sentence)


def test_nobody_is_there(db: None) -> None:
    assert str(processes.look().sentence) == "No process of Filo is running: nobody can work."


@pytest.mark.parametrize(("minutes", "level"), [(1, Level.GOOD), (5, Level.WARN), (20, Level.BAD)])
def test_work_that_waits_too_long_is_seen(db: None, minutes: int, level: Level) -> None:
    due = clock.now() - timedelta(minutes=minutes)
    Job.objects.create(name="x.y", queue="long", run_at=due, created_at=due)
    assert flow.work().level is level


def test_the_disk_is_full_in_so_many_days(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: type("Usage", (), Usage)())
    with clock.at(clock.now() - timedelta(days=2)):
        DailyFigure.objects.create(name="disk-used", at=clock.now(), value=40 * GB)
    found = machine.disk()
    assert found.level is Level.WARN
    assert "full in 10 days" in str(found.sentence)


Usage = {"total": 100 * GB, "used": 50 * GB, "free": 50 * GB}


def test_a_check_that_breaks_is_a_finding_and_hides_no_other(db: None) -> None:
    def breaks() -> Finding:
        raise RuntimeError

    add_check(Check("broken-sample", "Sample", "info", breaks))
    try:
        found = {one.check.code: one.finding for one in check_all()}
    finally:
        from filo.foundation.health import checkup

        del checkup._checks["broken-sample"]
    assert found["broken-sample"].level is Level.BAD
    assert {"database", "disk", "work", "events", "mail", "push", "backups", "memory"} <= found.keys()
    assert found["database"].level is Level.GOOD


def test_the_verdict_is_the_worst_by_name() -> None:
    def one(label: str, level: Level) -> Checked:
        finding = Finding(level, "")
        return Checked(Check(label, label, "info", lambda: finding), finding)

    assert str(verdict([one("Disk", Level.GOOD)]).sentence) == "Everything works, and there is room."
    worst = verdict([one("Disk", Level.WARN), one("Mail", Level.BAD)])
    assert (worst.level, str(worst.sentence)) == (Level.BAD, "Something is broken: Mail.")


def test_owners_see_it_and_agents_do_not(client_of: Callable[[str], CheckedClient]) -> None:
    lives("all")
    page = client_of("admin").get("/settings/health")
    assert page.status_code == 200
    assert "house · 4711" in page.text
    assert client_of("boss").get("/settings/health").status_code == 200
    assert client_of("agent").get("/settings/health").status_code == 403
    part = client_of("admin").get("/settings/health", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "verdict" in part.text


def test_the_public_page_tells_no_figure_and_asks_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs no database: this test has none."""
    told = {"pages": True, "api": True, "work": False, "mail": False}
    monkeypatch.setattr(standing, "_kept", standing._Kept(told, float("inf")))
    for language, sentence in (("it", "Al momento qualcosa non funziona"), ("en", "Something does not work")):
        page = Client(headers={"Accept-Language": language}).get("/p/status")
        assert page.status_code == 200
        assert sentence in page.text
        assert page.text.count('data-mean="bad"') == 3
        assert page["Cache-Control"] == "public, max-age=10"
        assert not page.cookies
    assert "Funziona" not in Client().get("/p/status?language=en").text
    assert current.LANGUAGE_CODE == "it"


def test_readiness_waits_for_the_worker_but_not_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = standing.Readiness(database=True, jobs=False)
    told = []
    for ago in (0, 31):
        monkeypatch.setattr(standing, "_started", time.monotonic() - ago)
        told.append(lost.is_ready)
    assert told == [True, False]
    assert not standing.Readiness(database=False, jobs=False).is_ready


def test_what_another_role_answers_is_refused_with_a_sentence(db: None, settings: Settings) -> None:
    settings.ROLE = "portal"
    client = Client(headers={"Accept-Language": "en"})
    page = client.get("/login")
    assert (page.status_code, "another part of Filo" in page.text) == (421, True)
    answer = client.get("/api/v1/parties")
    assert (answer.status_code, answer.json()["code"]) == (421, "elsewhere")
    assert client.get("/p/status").status_code == 200
    assert client.get("/healthz").status_code == 200
    settings.ROLE = "api"
    assert client.get("/api/v1/parties").status_code == 401
    assert client.get("/").status_code == 421
