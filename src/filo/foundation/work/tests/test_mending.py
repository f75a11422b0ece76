"""What broke is started again or dropped by groups, and what comes round is told in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone, translation

from filo.foundation import clock
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.schedule import Daily, Every
from filo.foundation.jobs.services import cancel_job, enqueue
from filo.foundation.work.words import rule_in_words, shown_arguments
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
NAME = "push.forget_old_messages"


def broken(number: int, error: str) -> None:
    for _ in range(number):
        made = enqueue(NAME)
        Job.objects.filter(pk=made.pk).update(
            state=JobState.QUARANTINED, error=error, attempts=5, finished_at=clock.now()
        )


def states() -> list[str]:
    return sorted(Job.objects.values_list("state", flat=True))


def test_a_group_is_what_broke_in_the_same_way(client_of: ClientOf) -> None:
    broken(3, "ValueError\n  filo/a.py:1 in f")
    broken(1, "ValueErrorOther")
    client = client_of("admin")
    assert client.get("/settings/work/set-aside").content.decode().count("ValueError</code>") == 1
    client.post("/settings/work/set-aside/start-again", {"name": NAME, "error": "ValueError"})
    assert states() == ["quarantined", "ready", "ready", "ready"]
    assert set(Job.objects.filter(state="ready").values_list("attempts", "error")) == {(0, "")}


def test_what_was_dropped_comes_back_with_undo(client_of: ClientOf) -> None:
    broken(2, "ValueError\n  filo/a.py:1 in f")
    client = client_of("admin")
    page = client.post("/settings/work/set-aside/drop", {"name": NAME, "error": "ValueError"}, follow=True)
    assert states() == ["cancelled", "cancelled"]
    undo = re.search(r'action="(/settings/work/set-aside/take-back[^"]+)"', page.content.decode())
    assert undo
    client.post(undo[1].replace("&amp;", "&"))
    assert states() == ["quarantined", "quarantined"]
    assert client.post("/settings/work/set-aside/take-back?name=x&error=y&at=nonsense").status_code == 400


def test_a_schedule_is_run_now_and_told_of(client_of: ClientOf) -> None:
    client = client_of("admin")
    assert client.post(f"/settings/work/schedules/{NAME}/run").status_code == 302
    assert Job.objects.get().name == NAME
    assert client.post("/settings/work/schedules/nobody.knows/run").status_code == 404


def test_rules_are_told_on_the_readers_clock() -> None:
    with translation.override("it"), timezone.override("Europe/Rome"):
        assert rule_in_words(Every(timedelta(hours=1))) == "ogni ora"
        assert rule_in_words(Every(timedelta(minutes=5))) == "ogni 5 minuti"
        assert rule_in_words(Daily(time(3, 40), "Europe/Rome")) == "ogni giorno alle 03:40"
    with translation.override("en"), timezone.override("Asia/Tokyo"):
        assert rule_in_words(Daily(time(12, 0), "UTC")) == "every day at 21:00"


def test_arguments_are_shown_without_what_is_somebodys() -> None:
    with translation.override("en"):
        shown = dict(
            shown_arguments(
                {"batch": "01a20237-5d10-7651-97da-539f0c12b068", "n": 3, "to": "mario@x.it", "token": "abc", "of": [1]}
            )
        )
    assert shown == {
        "batch": "01a20237-5d10-7651-97da-539f0c12b068",
        "n": "3",
        "to": "10 characters, not shown",
        "token": "3 characters, not shown",
        "of": "1 entry, not shown",
    }


def test_an_import_under_way_shows_in_the_shell_and_its_end_is_told(world: World, client_of: ClientOf) -> None:
    made = enqueue(
        "transfer.run_import", principal=world.principal("inside"), batch="01a20237-5d10-7651-97da-539f0c12b068"
    )
    client = client_of("inside")
    assert f'href="/work/{made.id}"' in client.get("/work/now").content.decode()
    assert "work-thread" not in client_of("agent").get("/work/now").content.decode()
    assert client.get("/work/ended").content == b""
    Job.objects.filter(pk=made.pk).update(state=JobState.DONE, finished_at=clock.now())
    toast = client.get("/work/ended")
    assert toast.status_code == 200
    assert "/imports/" in toast.content.decode()
    assert "work-thread" not in client.get("/work/now").content.decode()


def test_stopping_has_a_way_back(world: World, client_of: ClientOf) -> None:
    made = enqueue(NAME, principal=world.principal("agent"))
    client = client_of("agent")
    page = client.post(f"/work/{made.id}/cancel", follow=True).content.decode()
    assert Job.objects.get(pk=made.pk).state == JobState.CANCELLED
    assert f'action="/work/{made.id}/start-again"' in page
    client.post(f"/work/{made.id}/start-again")
    assert Job.objects.get(pk=made.pk).state == JobState.READY
    cancel_job(world.principal("agent"), made)


def test_the_list_is_narrowed_by_what_is_declared(world: World, client_of: ClientOf) -> None:
    one, other = enqueue(NAME, principal=world.principal("agent")), enqueue("jobs.forget_finished")
    client = client_of("admin")
    page = client.get(f"/settings/work/list?kind={NAME}&state=ready&person={one.requested_by}").content.decode()
    assert str(one.id) in page
    assert str(other.id) not in page
    assert client.get("/settings/work/list?state=nonsense").status_code == 400
