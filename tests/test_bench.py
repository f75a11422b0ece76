"""`./filo bench` runs from nothing to its report, and its look at plans finds a table that is read whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from filo.config.bench.figures import figures
from filo.config.bench.place import WrongPlace, url_of
from filo.config.bench.plans import listening, whole_reads
from filo.config.bench.targets import verdicts
from filo.config.bench.wire import Sample
from filo.config.processes import lives
from filo.operational.parties.models import Party
from filo.testing.world import World


def bench(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FILO_", "DATABASE_"))}
    command = [sys.executable, "-P", "-m", "filo", "bench", *arguments]
    environ = kept | {"FILO_DATA_DIR": str(data_dir), "TMPDIR": str(data_dir)}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)


def test_a_small_bench_runs_to_its_end_and_writes_every_figure(tmp_path: Path) -> None:
    report_at = tmp_path / "report.json"
    wanted = ("--parties", "300", "--seconds", "0.3", "--clients", "1", "--only", "list,card", "--json", str(report_at))
    done = bench(tmp_path, *wanted)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(report_at.read_text())
    assert (report["parties"], report["entries"]) == (300, 3000)
    rows = {(row["code"], row["scope"]): row for row in report["rows"]}
    assert set(rows) == {(code, scope) for code in ("list", "card") for scope in ("all", "unit", "own")}
    for row in rows.values():
        assert (row["errors"], row["clients"]) == (0, 1), row["why"]
        assert row["n"] >= 3
        assert 0 < row["p50"] <= row["p95"] <= row["p99"]
        assert row["bytes"] > 5_000
    assert report["memory"]["at_rest"] > 50
    assert {"commit", "cores", "python", "memory"} <= set(report["machine"])
    assert report["database"]["engine"] == "sqlite"
    assert any(one["verdict"] in ("held", "MISSED") for one in report["targets"])
    assert "list, by stage and area, by name" in done.stdout
    assert list(tmp_path.glob("filo-bench-*")) == []
    assert not any(lives(pid) for pid in _mentioning(str(tmp_path)))


def _mentioning(folder: str) -> list[int]:
    """Processes that were started with this folder as their data directory."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if folder.encode() in place.read_bytes() and int(place.parent.name) != os.getpid():
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def test_a_database_that_may_be_the_firms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongPlace):
        url_of(300, sqlite=True, database="filo")
    assert bench(tmp_path, "--database", "filo").returncode == 2


def test_a_table_that_is_read_whole_is_found(world: World) -> None:
    rows = {Party._meta.db_table: 1_000_000}
    with listening() as heard:
        list(Party.objects.filter(notes__contains="planted"))
        Party.objects.filter(pk=world.parties["own"].pk).first()
    whole, by_key = heard
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # with a handful of rows reading all of them is right
            cursor.execute("SET LOCAL enable_seqscan = off")
    found = whole_reads(whole, rows)
    assert [read.table for read in found] == [Party._meta.db_table]
    assert "notes" in found[0].sql
    assert whole_reads(by_key, rows) == []
    assert whole_reads(whole, {Party._meta.db_table: 100}) == []


def test_a_missed_target_is_told_by_the_worst_scope() -> None:
    fast = [Sample(seconds=0.01, server_ms=9.0, queries=5)] * 20
    slow = [Sample(seconds=0.09, server_ms=80.0, queries=5)] * 20
    rows = [
        figures("card", "card", "all", 1, fast, seconds=1, cpu_ms=None),
        figures("card", "card", "unit", 1, slow, seconds=1, cpu_ms=None),
    ]
    report = {"parties": 300, "database": {"engine": "sqlite"}, "users": 60}
    told = {one.says: one for one in verdicts(report, rows)}
    missed = told["card: server time, median, 1 client (ms)"]
    assert (missed.value, missed.word) == (80.0, "MISSED")
    assert told["search: server time, median, 1 client (ms)"].word == "–"


def test_an_import_is_held_against_the_target_of_its_engine() -> None:
    report = {"parties": 300, "users": 60, "import": {"rows_a_second": 1_600.0, "most_memory": 410.0}}
    for engine, word in (("sqlite", "held"), ("postgresql", "MISSED")):
        told = {one.says: one for one in verdicts({**report, "database": {"engine": engine}}, [])}
        assert (told["import: rows a second"].value, told["import: rows a second"].word) == (1_600.0, word)
        assert told["import: most memory (MB)"].word == "MISSED"
