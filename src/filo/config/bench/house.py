"""A house of its own for a bench of sockets: on a fresh database, served at an address that it calls its own."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from filo.config.bench.incoming import as_a_house, run_in_house
from filo.config.bench.tree import Running
from filo.config.processes import until


@dataclass(frozen=True)
class House:
    """The company of the demo without customers; `environ` is what its programs run in."""

    environ: dict[str, str]
    port: int
    folder: Path

    @contextmanager
    def served(self) -> Iterator[Running]:
        """Its process tree, once it answers and has done what the preparing left to do."""
        log = self.folder / "serve.log"
        command = [sys.executable, "-P", "-m", "filo", "serve", "--port", str(self.port)]
        with log.open("w") as file:
            process = subprocess.Popen(command, env=self.environ, stdout=file, stderr=file)  # noqa: S603
            try:
                if not until(self._is_idle, seconds=300):
                    raise RuntimeError(log.read_text()[-2000:])
                yield Running(process.pid, self.port, log)
            finally:
                process.terminate()
                process.wait(20)

    def _is_idle(self) -> bool:
        where = f"http://localhost:{self.port}/metrics"
        try:
            told = httpx.get(where, headers={"X-Forwarded-For": "127.0.0.1"}, timeout=5).text
        except httpx.HTTPError:
            return False
        return "filo_events_waiting 0" in told


def a_house(folder: Path, database: str = "") -> House:
    """Make one in this folder; `database`: the URL of an empty PostgreSQL database, else a SQLite file."""
    port = _free_port()
    more = {"DATABASE_URL": database, "FILO_SECRET_KEY": "only-for-a-bench-0123456789-0123456789"}
    own = {"FILO_SITE_URL": f"http://localhost:{port}", "FILO_TRUSTED_PROXIES": "127.0.0.1,::1"}
    environ = as_a_house(folder, **own, **(more if database else {}))
    run_in_house(environ, "demo", "--empty", "--only-load")
    return House(environ, port, folder)


def own_cpu() -> float:
    """Seconds of processor time that this process, the load, used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def at_share(rows: list[float], share: float) -> float | None:
    """The value below which this share of the sorted rows lies; None for no rows."""
    return round(rows[min(len(rows) - 1, int(len(rows) * share))], 1) if rows else None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
