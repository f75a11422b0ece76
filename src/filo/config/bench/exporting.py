"""Every party is taken out by the command line: how many rows a second, and how much memory it adds."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from filo.config.bench.errands import NotDone
from filo.config.bench.place import Place

COLUMNS = {"all columns": "all", "listed columns": "listed"}
FIGURES = ("rows", "seconds", "rows_a_second", "cpu_seconds", "memory_mb")


def run_export(place: Place) -> dict[str, Any]:
    """As CSV, with all columns and with those that the list opens with."""
    found: dict[str, Any] = {}
    for name, columns in COLUMNS.items():
        report = _exported(place, columns)
        found |= {f"{figure}, {name}": report[figure] for figure in FIGURES}
    return found


def _exported(place: Place, columns: str) -> dict[str, Any]:
    path = place.folder / "parties.csv"
    command = [sys.executable, "-P", "-m", "filo", "export", "parties", "--to", str(path), "--columns", columns]
    done = subprocess.run(  # noqa: S603
        [*command, "--json"], env=place.environment(), capture_output=True, text=True, check=False
    )
    if done.returncode or not done.stdout:
        raise NotDone(f"the export ended with {done.returncode}: {(done.stdout + done.stderr)[-400:]}")
    path.unlink()
    report: dict[str, Any] = json.loads(done.stdout)
    return report
