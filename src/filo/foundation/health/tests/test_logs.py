"""Canaries that fly into a failing request never sing in the log."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from filo.foundation.health.logs import about, logging_settings
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.testing.clients import CheckedClient
from filo.testing.world import World

CANARY = "Canarino Gialletti"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the handler of an installation that logs as JSON writes."""
    made = logging_settings("json")
    made["handlers"]["stderr"]["stream"] = stream = io.StringIO()
    kept = [(logging.getLogger(name), logging.getLogger(name).level) for name in ("", *made["loggers"])]
    handlers = list(logging.getLogger().handlers)
    logging.config.dictConfig(made)
    yield stream
    logging.getLogger().handlers[:] = handlers
    for logger, level in kept:
        logger.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.urls("filo.foundation.health.tests.breaking")
def test_a_failing_request_tells_its_place_and_nobodys_name(written: io.StringIO, world: World) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["agent"])
    answer = client.get("/breaks/filo_0123456789abcdef", {"name": CANARY})
    assert answer.status_code == 500
    text = written.getvalue()
    for canary in (CANARY, "Canarino", "mario@", "1234567", "filo_0123", world.people["agent"].email):
        assert canary not in text
    told = [line for line in lines(written) if line["logger"] == "filo.request"]
    assert [(line["route"], line["status"], line["method"]) for line in told] == [("breaks", 500, "GET")]
    assert told[0]["request_id"] == answer["X-Request-Id"]
    assert told[0]["user"] == str(world.people["agent"].id)
    (fault,) = [line for line in lines(written) if line["logger"] == "django.request"]
    assert fault["message"] == "Internal Server Error (breaks)"
    assert str(fault["exc_info"]).count("breaking.py") == 2
    assert "builtins.ValueError\ncaused by" in str(fault["exc_info"])


def test_an_address_that_is_not_there_is_not_repeated(written: io.StringIO, db: None) -> None:
    Client().get("/password/reset/key/4-secretsecretsecret0123456789/")
    Client().get(f"/parties/{CANARY}")
    assert "secretsecret" not in written.getvalue()
    assert CANARY.split()[0] not in written.getvalue()


def test_every_line_of_a_job_carries_its_name(written: io.StringIO) -> None:
    with about(job="mail.send", job_id="01a20236-b06c-7dc4-9d0f-a05dedaa1438"):
        logging.getLogger("filo.mail").warning("the server of %s said no", "anna@posta.example")
    (line,) = lines(written)
    assert (line["job"], line["message"]) == ("mail.send", "the server of <mail> said no")


def test_the_lines_of_a_job_carry_the_request_that_asked_for_it(
    written: io.StringIO, client_of: Callable[[str], CheckedClient]
) -> None:
    asked = client_of("admin").post("/settings/work/schedules/push.forget_old_messages/run")["X-Request-Id"]
    page = client_of("admin").get(f"/work/{Job.objects.get().id}").text
    assert asked in page
    found = claim("tester", ("default", "long"))
    assert found is not None
    assert run_claimed(found) == JobState.DONE
    (line,) = [line for line in lines(written) if line["logger"] == "filo.job"]
    assert (line["request_id"], line["job"]) == (asked, "push.forget_old_messages")


def test_a_slow_query_is_named_without_its_values(
    written: io.StringIO, client_of: Callable[[str], CheckedClient], settings: object
) -> None:
    settings.SLOW_QUERY_MS = 0  # type: ignore[attr-defined]
    client_of("agent").get("/parties", {"q": "Gialletti"})
    slow = [str(line["message"]) for line in lines(written) if line["logger"] == "filo.slow"]
    assert any("parties_party" in line for line in slow)
    assert not [line for line in slow if "gialletti" in line.lower()]
