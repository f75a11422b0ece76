"""What a page shows reaches who looks at it in another process, whole: over PostgreSQL, over Redis, and without it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from filo.testing.redis_server import own_redis
from filo.testing.served import database, environment

SETTINGS = {"DJANGO_SETTINGS_MODULE": "filo.config.settings", "FILO_SECRET_KEY": "only-for-tests-0123456789-0123456789"}
LONG = "è così — " * 20_000
HEARS = """
import django; django.setup()
import sys, time
from filo.collaborative.cobrowse.relay import relay
relay.join("room", lambda text: print(len(text), text[:6], flush=True))
while True:
    relay.say("other room", "I hear")
    time.sleep(0.1)
"""
SAYS = """
import django; django.setup()
import sys, threading
from filo.collaborative.cobrowse.relay import relay
heard = threading.Event()
relay.join("other room", lambda text: heard.set())
heard.wait(30)
for line in sys.stdin:
    relay.say("room", eval(line))
"""


@contextlib.contextmanager
def two_processes(folder: Path, **more: str) -> Iterator[tuple[Any, Any]]:
    """One that says what it is told on its standard input, and one that writes down what it hears."""
    with database(folder, SETTINGS) as address, contextlib.ExitStack() as stack:
        environ = environment(folder, DATABASE_URL=address, **SETTINGS, **more)
        made = []
        for program in (SAYS, HEARS):
            one = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", program],
                    env=environ,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(one.kill)
            made.append(one)
        yield made[0], made[1]


def tell(says: Any, text: str) -> None:
    says.stdin.write(f"{text!r}\n")
    says.stdin.flush()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="with SQLite one process serves all pages")
def test_over_postgresql(tmp_path: Path) -> None:
    with two_processes(tmp_path) as (says, hears):
        tell(says, LONG)
        tell(says, "short")
        assert hears.stdout.readline() == f"{len(LONG)} {LONG[:6]}\n"
        assert hears.stdout.readline() == "5 short\n"


@pytest.mark.redis
@pytest.mark.skipif(not shutil.which("redis-server"), reason="apt install redis-server")
def test_over_redis_and_without_it(tmp_path: Path) -> None:
    with own_redis() as (address, server), two_processes(tmp_path, REDIS_URL=address) as (says, hears):
        tell(says, LONG)
        assert hears.stdout.readline() == f"{len(LONG)} {LONG[:6]}\n"
        server.kill()
        server.wait()
        if connection.vendor == "postgresql":
            tell(says, "still")
            assert hears.stdout.readline() == "5 still\n"
