"""Each role of `serve` runs alone in real processes, tells that it lives, and is missed when it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from filo.config.processes import until
from filo.testing.served import Served, announced_port, served, start

PRODUCT = {
    "DJANGO_SETTINGS_MODULE": "filo.config.settings",
    "FILO_SECRET_KEY": "only-for-tests-0123456789-0123456789",
    "FILO_LOG": "json",
    "FILO_WORKERS": "1",  # one, on either engine, so that processes can be counted
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The public part alone."""
    with served(tmp_path_factory.mktemp("roles"), role="portal", **PRODUCT) as running:
        yield running


@contextmanager
def beside(first: Served, role: str) -> Iterator[Served]:
    """Another role on the same database."""
    data_dir, address = Path(first.environ["FILO_DATA_DIR"]), first.environ["DATABASE_URL"]
    process = start(data_dir, role=role, DATABASE_URL=address, **PRODUCT)
    running = Served(process, 0, first.environ, first.log)
    try:
        if role != "jobs":
            running.port = announced_port(process, running.log)
        yield running
    finally:
        running.kill()


def doctor(site: Served, **settings: str) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit status of `filo doctor`, and its checks by their code."""
    command = [sys.executable, "-P", "-m", "filo", "doctor", "--json", "--language", "en"]
    done = subprocess.run(command, env=site.environ | settings, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, {one["check"]: one for one in json.loads(done.stdout)["checks"]}


def test_the_portal_alone_answers_what_is_public_and_refuses_the_rest(portal: Served) -> None:
    assert portal.get("/p/status").status == 200
    assert portal.get("/healthz").status == 200
    assert portal.get("/login").status == 421
    assert portal.get("/api/v1/me").status == 421
    assert portal.get("/static/web/live.js").status == 200


def test_a_worker_lives_is_killed_is_missed_and_is_there_again(portal: Served) -> None:
    with beside(portal, "api") as api, beside(portal, "jobs") as jobs:
        assert api.get("/api/v1/me").status == 401
        assert api.get("/p/status").status == 421
        assert until(lambda: json.loads(api.get("/readyz").body)["jobs"], seconds=60)
        worker = jobs.tree()[1]
        os.kill(worker, signal.SIGKILL)
        assert until(lambda: worker not in jobs.tree() and len(jobs.tree()) > 1, seconds=60)
        assert portal.get("/p/status").status == 200
        wanted = (
            'filo_request_seconds_count{method="GET",route="health:status",status="200"}',  # the portal's
            'filo_processes{role="portal"} 1.0',
            "filo_database_up 1.0",
        )
        assert until(lambda: all(line in api.get("/metrics").body.decode() for line in wanted), seconds=60)
    status, checks = doctor(portal)
    assert status == 1
    assert "The pages of the staff do not open." in checks["processes"]["sentence"]
    assert checks["database"]["level"] == "good"


def test_the_doctor_says_plainly_that_the_database_is_away(portal: Served) -> None:
    status, checks = doctor(portal, DATABASE_URL="postgres://postgres@127.0.0.1:9/nowhere")
    assert status == 1
    assert checks["database"]["sentence"] == "The database does not answer: nobody can work."


def test_the_log_has_a_line_for_each_request_and_no_address(portal: Served) -> None:
    portal.get("/p/status?name=Canarino&mail=anna@posta.example")
    portal.get("/p/Canarino")
    lines = [json.loads(line) for line in portal.log.read_text().splitlines() if line.startswith("{")]
    assert {"health:status"} <= {line["route"] for line in lines if line["logger"] == "filo.request"}
    assert "Canarino" not in portal.log.read_text()
    assert "anna@" not in portal.log.read_text()
