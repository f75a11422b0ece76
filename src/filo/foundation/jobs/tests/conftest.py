"""Worker processes of their own, on the test database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

Spawn = Callable[..., "subprocess.Popen[bytes]"]


def database_url() -> str:
    """The test database as a process of its own finds it; SQLite's has to be a file (TEST NAME) for that."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        assert "mode=memory" not in str(found["NAME"]), "the test database must be a file: set its TEST NAME"
        return f"sqlite:///{found['NAME']}"
    user = f"{found['USER']}:{found['PASSWORD']}" if found["PASSWORD"] else str(found["USER"])
    return f"postgres://{user}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Starts Python with some code on the test database; what still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []
    known = {"DATABASE_URL": database_url(), "FILO_SECRET_KEY": "only-for-tests-" * 3}
    paths = os.pathsep.join(path for path in sys.path if path)

    def start(code: str, *arguments: str) -> subprocess.Popen[bytes]:
        found = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], env={**os.environ, **known, "PYTHONPATH": paths}
        )
        started.append(found)
        return found

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait until something is so; fails when it is not so in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass in time"
        time.sleep(0.02)
