"""A real `filo serve` on data of its own, whose parts can be named, killed and asked."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filo.config.processes import command_of, kill, lives, tree_of

SOURCES = Path(__file__).resolve().parents[3]
START_WITHIN = 120.0
OURS = ("FILO_", "DATABASE_", "REDIS_", "DJANGO_SETTINGS_MODULE", "PYTHONPATH")


@dataclass(frozen=True)
class Reply:
    """What an address answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def environment(data_dir: Path, settings: dict[str, str]) -> dict[str, str]:
    """The environment of a tree: nothing of this installation, and the settings given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    own = {
        "FILO_DATA_DIR": str(data_dir),
        "FILO_SECRET_KEY": "only-for-a-copy-that-is-broken-on-purpose",
        "FILO_WORKERS": "2",
        "DJANGO_SETTINGS_MODULE": "filo.config.faults.settings",
        "PYTHONPATH": str(SOURCES),
    }
    return kept | own | settings


class Tree:
    """The tree and its parts, by what they were started as."""

    def __init__(self, data_dir: Path, settings: dict[str, str]) -> None:
        self.data_dir = data_dir
        self.environ = environment(data_dir, settings)
        self.log = data_dir.parent / "filo.log"
        self.port = 0
        self._process: subprocess.Popen[str] | None = None
        self._others: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start it (its database is brought up to date first) and wait until it answers."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-P", "-m", "filo", "serve", "--port", str(self.port)]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(  # noqa: S603
                command, env=self.environ, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
            )
        assert self._process.stdout is not None  # noqa: S101  (it was asked for)
        readable, _, _ = select.select([self._process.stdout], [], [], START_WITHIN)
        line = self._process.stdout.readline() if readable else ""
        if "http://localhost:" not in line:
            raise RuntimeError(f"the tree did not start:\n{self.log.read_text()[-2000:]}")
        self.port = int(line.split("http://localhost:")[1].split()[0])

    def another_worker(self) -> int:
        """Start one more `filo worker` on the same data, as by mistake; gives its process."""
        with self.log.open("a") as log:
            command = [sys.executable, "-P", "-m", "filo", "worker"]
            self._others.append(subprocess.Popen(command, env=self.environ, stderr=log, start_new_session=True))  # noqa: S603
        return self._others[-1].pid

    @property
    def root(self) -> int:
        """The supervisor."""
        return self._process.pid if self._process else 0

    def web(self) -> int:
        """The process that watches over the web workers; 0 while there is none."""
        return next((pid for pid in self._children(self.root) if "filo.config.web" in command_of(pid)), 0)

    def web_workers(self) -> list[int]:
        """The processes that answer."""
        found = tree_of(self.web())[1:] if self.web() else []
        return [pid for pid in found if "resource_tracker" not in command_of(pid)]

    def worker(self) -> int:
        """The process that does the jobs; 0 while there is none."""
        return next((pid for pid in self._children(self.root) if command_of(pid).endswith("filo worker")), 0)

    def _children(self, pid: int) -> list[int]:
        return [child for child in tree_of(pid) if child != pid]

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        body: bytes | None = None,
        timeout: float = 10,
    ) -> Reply:
        """One request on a line of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            given = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, given, response.read())

    def close(self) -> None:
        """End whatever is left of it."""
        started: list[subprocess.Popen[Any]] = [*self._others]
        for process in [*([self._process] if self._process else []), *started]:
            for pid in tree_of(process.pid):
                kill(pid)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        self._others.clear()

    def is_up(self) -> bool:
        """Whether the supervisor lives."""
        return lives(self.root)
