"""The real `filo serve` under load: started on a free port, watched from outside, ended with all that belongs to it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filo.config.bench.place import Place
from filo.config.processes import kill, tree_of

START_WITHIN, END_WITHIN, REST_WITHIN = 120.0, 20.0, 15.0
TICKS = os.sysconf("SC_CLK_TCK")


class NotStarted(Exception):
    """The tree did not come up; the message is the end of its log."""


@dataclass(frozen=True)
class Running:
    """A tree that answers."""

    pid: int
    port: int
    log: Path

    def cpu(self) -> float:
        """Seconds of processor time that the tree used so far, dead children included."""
        total = 0
        for pid in tree_of(self.pid):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += sum(int(ticks) for ticks in fields[11:15])
        return total / TICKS

    def memory(self) -> float:
        """Megabytes that the tree holds (proportional set size)."""
        kilobytes = 0
        for pid in tree_of(self.pid):
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return round(kilobytes / 1024, 1)

    def memory_at_rest(self) -> float:
        """The same when everything has been loaded: once it has not grown for a second."""
        before, deadline = 0.0, time.monotonic() + REST_WITHIN
        while (now := self.memory()) > before + 0.5 and time.monotonic() < deadline:
            before = now
            time.sleep(1)
        return now

    def complaints(self) -> list[str]:
        """Lines of the log that tell of trouble."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line[:200] for line in lines if " ERROR " in line or "is locked" in line]


@contextlib.contextmanager
def served(place: Place) -> Iterator[Running]:
    """A tree on this place's database. Raises `NotStarted`."""
    log = place.folder / "serve.log"
    command = [sys.executable, "-P", "-m", "filo", "serve", "--port", "0"]
    with log.open("w") as file:
        process = subprocess.Popen(  # noqa: S603
            command, env=place.environment(), stdout=subprocess.PIPE, stderr=file, text=True, start_new_session=True
        )
    try:
        yield Running(process.pid, _port(process, log), log)
    finally:
        _end(process)


def _port(process: subprocess.Popen[str], log: Path) -> int:
    out = process.stdout
    readable = bool(out and select.select([out], [], [], START_WITHIN)[0])
    line = out.readline() if readable and out else ""
    if "http://localhost:" not in line:
        raise NotStarted(f"Filo did not start:\n{log.read_text()[-1500:]}")
    return int(line.split("http://localhost:")[1].split()[0])


def _end(process: subprocess.Popen[str]) -> None:
    below = tree_of(process.pid)
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        for pid in below:
            kill(pid)
        process.wait()
