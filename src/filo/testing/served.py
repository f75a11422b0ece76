"""The real process tree, serving the small site (tests/small_site) from a data directory of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from filo.config.processes import lives as lives
from filo.config.processes import tree_of as tree_of
from filo.config.processes import until as until

ROOT = Path(__file__).resolve().parents[3]
START_WITHIN = 90.0


@dataclass(frozen=True)
class Reply:
    """What a page answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Served:
    """A running `filo serve`."""

    process: subprocess.Popen[str]
    port: int
    environ: dict[str, str]
    log: Path

    def get(self, path: str, *, method: str = "GET", body: object = None, **headers: str) -> Reply:
        """Ask for a page; an underscore in a header's name stands for a hyphen."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)  # type: ignore[arg-type]  # files and iterables too
            response = connection.getresponse()
            return Reply(response.status, response.getheaders(), response.read())

    def sign_in(self, name: str, sees: str = "") -> str:
        """Open a session for somebody who sees these parties; gives the cookie."""
        reply = self.get(f"/sign-in?name={name}&sees={sees}")
        return next(value.split(";")[0] for header, value in reply.headers if header == "set-cookie")

    def python(self, code: str) -> None:
        """Run a program against the same database in a process of its own."""
        start = "import django; django.setup()\n"
        subprocess.run([sys.executable, "-c", start + code], env=self.environ, check=True)  # noqa: S603

    def tree(self) -> list[int]:
        """The ids of all its processes, the supervisor first."""
        return tree_of(self.process.pid)

    def memory(self) -> float:
        """Megabytes of its own that the tree holds: without the files it shares with whoever else runs here."""
        rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.tree()]
        lines = [line for rollup in rollups for line in rollup.splitlines() if line.startswith("Pss_Anon:")]
        return sum(int(line.split()[1]) for line in lines) / 1024

    def kill(self) -> None:
        """End whatever is left of it."""
        for pid in self.tree():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(10)


def start(data_dir: Path, *, port: int = 0, role: str = "web", **settings: str) -> subprocess.Popen[str]:
    """Start the tree; it prints its address when it answers."""
    command = [sys.executable, "-m", "filo", "serve", "--port", str(port), "--role", role]
    environ = environment(data_dir, **settings)
    with (data_dir / "log").open("a") as log:
        return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603


@contextlib.contextmanager
def served(data_dir: Path, *, port: int = 0, role: str = "web", **settings: str) -> Iterator[Served]:
    """A tree that answers, on a database of its own; nothing of it is left afterwards."""
    data_dir.mkdir(exist_ok=True)
    with database(data_dir, settings) as address:
        environ = environment(data_dir, DATABASE_URL=address, **settings)
        process = start(data_dir, port=port, role=role, DATABASE_URL=address, **settings)
        running = Served(process, 0, environ, data_dir / "log")
        try:
            running.port = announced_port(process, running.log)
            yield running
        finally:
            running.kill()


def announced_port(process: subprocess.Popen[str], log: Path) -> int:
    """The port in the line that tells that the tree answers."""
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], START_WITHIN)
    line = process.stdout.readline() if readable else ""
    assert "http://localhost:" in line, log.read_text()
    return int(line.split("http://localhost:")[1].split()[0])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The environment of the tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FILO_", "DATABASE_", "REDIS_"))}
    own = {
        "FILO_DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "small_site.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }
    return kept | own | settings


@contextlib.contextmanager
def database(data_dir: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """The address of a fresh, migrated database on the engine that the suite runs on; empty for a SQLite file.

    It is migrated once for each settings module and then copied.
    """
    key = settings.get("DJANGO_SETTINGS_MODULE", "")
    if key not in _migrated:
        _migrated[key] = _models.enter_context(_model(settings))
    folder, name = _migrated[key]
    if not name:
        shutil.copytree(folder, data_dir, dirs_exist_ok=True)
        yield ""
        return
    with _made(template=name) as found:
        yield _address(found)


_migrated: dict[str, tuple[Path, str]] = {}
_models = contextlib.ExitStack()


def forget_models() -> None:
    """The run is over: what was migrated to be copied is not needed any more."""
    _migrated.clear()
    _models.close()


@contextlib.contextmanager
def _model(settings: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """A migrated database that nobody serves: its folder, and its name on PostgreSQL."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="filo-migrated-")))
        name = stack.enter_context(_made()) if _given().startswith("postgres") else ""
        environ = environment(folder, DATABASE_URL=_address(name) if name else "", **settings)
        command = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
        subprocess.run(command, env=environ, check=True)  # noqa: S603
        yield folder, name


@contextlib.contextmanager
def _made(*, template: str = "template1") -> Iterator[str]:
    """The name of a database that is dropped in the end."""
    name = f"filo_served_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _given() -> str:
    return os.environ.get("DATABASE_URL", "")


def _address(name: str) -> str:
    return urlunsplit(urlsplit(_given())._replace(path=f"/{name}"))


def free_port() -> int:
    """A port that nobody has now."""
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def can_bind(port: int) -> bool:
    """Whether a port is free."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
