"""A PostgreSQL of its own under a temporary folder: made, stopped, killed and started again as a fault asks."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filo.config.processes import command_of, kill, tree_of, until

HOMES = "/usr/lib/postgresql"
SERVER = "postgres"
START_WITHIN = 60


class NoPostgres(Exception):
    """There are no PostgreSQL programs on this machine, or no user that may run them."""


def programs() -> Path:
    """The folder of `initdb` and `pg_ctl`, the newest version first; raises `NoPostgres`."""
    found = sorted(Path(HOMES).glob("*/bin/pg_ctl"), key=lambda path: _version(path.parts[-3]), reverse=True)
    on_path = shutil.which("pg_ctl")
    candidates = [path.parent for path in found] + ([Path(on_path).resolve().parent] if on_path else [])
    if not candidates:
        raise NoPostgres(f"there is no PostgreSQL under {HOMES} (apt install postgresql)")
    if os.geteuid() == 0:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(SERVER)
            return candidates[0]
        raise NoPostgres(f"PostgreSQL does not run as root, and there is no user {SERVER}")
    return candidates[0]


def _version(text: str) -> int:
    return int(text) if text.isdigit() else 0


class Cluster:
    """One server on a free port, with its data and its socket below `folder`."""

    def __init__(self, folder: Path, *, durable: bool = True, data: Path | None = None) -> None:
        self._bin = programs()
        self.folder = folder
        self.data = data or folder / "pgdata"
        self.port = free_port()
        self._log = folder / "postgresql.log"
        self._durable = durable

    @classmethod
    @contextlib.contextmanager
    def made(
        cls, folder: Path, tell: Callable[[str], None], *, durable: bool = True, data: Path | None = None
    ) -> Iterator[Cluster]:
        """A cluster that runs within the block, in a folder of its own below `folder`."""
        tell("making a database cluster")
        (folder / "postgresql").mkdir()
        cluster = cls(folder / "postgresql", durable=durable, data=data)
        try:
            cluster.make()
            yield cluster
        finally:
            cluster.close()

    @property
    def url(self) -> str:
        """Where Filo finds its database."""
        return f"postgres://{SERVER}@127.0.0.1:{self.port}/filo"

    def make(self) -> None:
        """Make the cluster and start it, with an empty database."""
        self.data.mkdir(parents=True, exist_ok=True)
        for place in (self.folder, self.data):
            self._own(place)
        self._run("initdb", "-D", str(self.data), "-U", SERVER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = {
            "port": self.port,
            "listen_addresses": "'127.0.0.1'",
            "unix_socket_directories": f"'{self.folder}'",
            "shared_buffers": "'32MB'",
            "max_connections": 60,
            "min_wal_size": "'32MB'",
            "max_wal_size": "'64MB'",
            "fsync": "on" if self._durable else "off",
        }
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", SERVER, "filo")

    def start(self) -> None:
        """Start it and wait until it answers, after a crash too; a second time where it was still in its own way."""
        words = ("pg_ctl", "start", "-D", str(self.data), "-l", str(self._log), "-w", "-t", str(START_WITHIN))
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run(*words)
            return
        time.sleep(2)
        self._run(*words)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `immediate` is a crash that it is told to make, `fast` an order."""
        self._run("pg_ctl", "stop", "-D", str(self.data), "-m", mode, "-w", "-t", "30")

    def kill(self) -> None:
        """`kill -9` of the postmaster; the others of its tree notice and end."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        below = tree_of(postmaster)
        kill(postmaster)
        if not until(lambda: not any(_is_its(pid) for pid in below), seconds=15):
            for pid in filter(_is_its, below):  # it does not start beside what is left of it
                kill(pid)

    def runs(self) -> bool:
        """Whether it takes connections."""
        with contextlib.closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self) -> None:
        """Leave nothing of it running."""
        with contextlib.suppress(subprocess.CalledProcessError, OSError):
            if (self.data / "postmaster.pid").exists():
                self.stop()

    def _own(self, place: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(place, SERVER, SERVER)

    def _run(self, program: str, *arguments: str) -> None:
        words = [str(self._bin / program), *arguments]
        if os.geteuid() == 0:
            words = ["runuser", "-u", SERVER, "--", *words]
        with (self.folder / "tools.log").open("ab") as log:
            subprocess.run(words, check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603


def _is_its(pid: int) -> bool:
    return command_of(pid).startswith(("postgres", "/usr/lib/postgresql"))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
