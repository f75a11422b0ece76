"""Rows of a file that come in by the command line: how many a second, at which cost of time and memory."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from filo.config.bench.contacts_file import write_contacts
from filo.config.bench.place import Place
from filo.config.bench.tree import Running

BETWEEN_LOOKS = 0.2


class NotImported(Exception):
    """The file did not come in to its end."""


def run_import(place: Place, rows: int) -> dict[str, Any]:
    """Import a file of so many new people; its report with the rows a second, processor time and memory.

    Processor time is that of the import's own processes; PostgreSQL's is not in it.
    """
    path = write_contacts(place.folder / "people.csv", rows, seed=random.SystemRandom().randrange(10**9))
    report = _measured(place, ["import", str(path), "--as", "people", "--json"])
    taken = {f"{name}_seconds": seconds for name, seconds in report.pop("times", {}).items()}
    rate = round(rows / report["seconds"], 1) if report["seconds"] else None
    return {"rows": rows, "rows_a_second": rate, **report, **taken}


def _measured(place: Place, arguments: list[str]) -> dict[str, Any]:
    output = place.folder / "import.out"
    command = [sys.executable, "-P", "-m", "filo", *arguments]
    with (
        output.open("w") as out,
        subprocess.Popen(  # noqa: S603
            command, env=place.environment(), stdout=out, stderr=subprocess.STDOUT
        ) as process,
    ):
        seen, cpu, memory = Running(process.pid, 0, output), 0.0, 0.0
        while process.poll() is None:
            with contextlib.suppress(OSError):
                cpu, memory = max(cpu, seen.cpu()), max(memory, seen.memory())
            time.sleep(BETWEEN_LOOKS)
    return _report(process.returncode, output) | {"cpu_seconds": round(cpu, 1), "most_memory": memory}


def _report(code: int, output: Path) -> dict[str, Any]:
    text = output.read_text(errors="replace")
    if code or not text.strip():
        raise NotImported(f"the import ended with {code}: {text[-400:]}")
    found: dict[str, Any] = json.loads(text.strip().splitlines()[-1])
    return found
