"""A house of its own is made and served, its people chat over real sockets and posts, and the ledger is compared."""

from __future__ import annotations

import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from filo.config.bench.chatting.load import Ledger, chat
from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house
from filo.config.bench.tree import Running
from filo.config.processes import until

# What has to be reached: milliseconds from the receipt to the other side, kilobytes a connection.
TARGET_P95, TARGET_P99, TARGET_KB = 200, 500, 100
_PREPARE = "from filo.config.bench.chatting.people import prepare\nprint(prepare(%d, %d))\n"
_KEPT = (
    "from filo.collaborative.inbox.models import Message\nimport json\n"
    "print(json.dumps([str(one) for one in Message.objects.filter(channel='chat').values_list('pk', flat=True)]))\n"
)


def measure(customers: int, operators: int, *, rate: float, seconds: float, database: str = "") -> dict[str, Any]:
    """Chat for some seconds; `database` is the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-chat-") as name:
        port = _free_port()
        more = {"DATABASE_URL": database, "FILO_SECRET_KEY": "only-for-a-bench-0123456789-0123456789"}
        own = {"FILO_SITE_URL": f"http://localhost:{port}", "FILO_TRUSTED_PROXIES": "127.0.0.1,::1"}
        environ = as_a_house(Path(name), **own, **(more if database else {}))
        run_in_house(environ, "demo", "--empty", "--only-load")
        people = json.loads(say_in_house(environ, _PREPARE % (customers, operators)).splitlines()[-1])
        held: dict[str, float] = {}
        with _served(environ, port, Path(name)) as tree:
            before, own_before = tree.memory_at_rest(), _own_cpu()
            began, cpu = time.monotonic(), tree.cpu()
            ledger = chat(
                port,
                people,
                rate=rate,
                seconds=seconds,
                on_hold=lambda: held.update(memory=tree.memory(), cpu=tree.cpu(), at=time.monotonic()),
            )
            took = time.monotonic() - held.get("at", began)
            cores = (tree.cpu() - held.get("cpu", cpu)) / took
        kept = set(json.loads(say_in_house(environ, _KEPT).splitlines()[-1]))
        each = (held["memory"] - before) * 1024 / (customers + operators)
        asked = {"customers": customers, "operators": operators, "rate": rate, "seconds": seconds}
        more_told = {"engine": "postgresql" if database else "sqlite", "kb_a_connection": round(each, 1)}
        load = (_own_cpu() - own_before) / took
        return asked | more_told | {"cores": round(cores, 2), "load_cores": round(load, 2)} | _figures(ledger, kept)


def _figures(ledger: Ledger, kept: set[str]) -> dict[str, Any]:
    late = sorted(
        max(0.0, ledger.arrived[name] - moment) * 1000
        for name, moment in ledger.acknowledged.items()
        if name in ledger.arrived
    )
    answers = sorted(one * 1000 for one in ledger.seconds)
    moments = sorted(ledger.acknowledged.values())
    span = moments[-1] - moments[0] if len(moments) > 1 else 0.0
    return {
        "acknowledged": len(moments),
        "a_second": round(len(moments) / span, 1) if span else 0.0,
        "refused": ledger.refused,
        "breaks": ledger.breaks,
        "receipt_p50_ms": round(statistics.median(answers), 1) if answers else None,
        "receipt_p95_ms": _at(answers, 0.95),
        "p50_ms": round(statistics.median(late), 1) if late else None,
        "p95_ms": _at(late, 0.95),
        "p99_ms": _at(late, 0.99),
        "lost": len(set(ledger.acknowledged) - set(ledger.arrived)),
        "not_kept": len(set(ledger.acknowledged) - kept),
        "doubled": ledger.doubled,
    }


def _at(rows: list[float], share: float) -> float | None:
    return round(rows[min(len(rows) - 1, int(len(rows) * share))], 1) if rows else None


@contextmanager
def _served(environ: dict[str, str], port: int, folder: Path) -> Iterator[Running]:
    log = folder / "serve.log"
    command = [sys.executable, "-P", "-m", "filo", "serve", "--port", str(port)]
    with log.open("w") as file:
        process = subprocess.Popen(command, env=environ, stdout=file, stderr=file)  # noqa: S603
        try:
            if not until(lambda: _is_idle(port), seconds=120):
                raise RuntimeError(log.read_text()[-2000:])
            yield Running(process.pid, port, log)
        finally:
            process.terminate()
            process.wait(20)


def _is_idle(port: int) -> bool:
    """Whether it answers, and has done what was left to do from the preparing."""
    try:
        told = httpx.get(f"http://localhost:{port}/metrics", headers={"X-Forwarded-For": "127.0.0.1"}, timeout=5).text
    except httpx.HTTPError:
        return False
    return "filo_events_waiting 0" in told


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def told(report: dict[str, Any]) -> str:
    """The figures as lines."""
    return "\n".join(
        (
            f"{report['engine']}: {report['customers']:,} customers and {report['operators']} operators connected, "
            f"{report['rate']:g} lines a second wanted for {report['seconds']:g} s on {os.cpu_count()} cores",
            f"lines          {report['acknowledged']:>9,} ({report['a_second']} a second; {report['refused']} refused)",
            f"receipt        {report['receipt_p50_ms']:>9} ms  p95 {report['receipt_p95_ms']} ms",
            f"to the other   {report['p50_ms']:>9} ms  p95 {report['p95_ms']} ms (target {TARGET_P95})  "
            f"p99 {report['p99_ms']} ms (target {TARGET_P99})",
            f"lost           {report['lost']:>9}     not kept {report['not_kept']}, doubled {report['doubled']}, "
            f"{report['breaks']} lines broke meanwhile",
            f"a connection   {report['kb_a_connection']:>9} kB  (target {TARGET_KB})",
            f"processors     {report['cores']:>9}     the load itself {report['load_cores']}",
        )
    )


def is_good(report: dict[str, Any]) -> bool:
    """Whether all targets were reached and no line was lost or told twice."""
    whole = not (report["lost"] or report["not_kept"] or report["doubled"] or report["refused"])
    reached = (report["p95_ms"] or 0) <= TARGET_P95 and (report["p99_ms"] or 0) <= TARGET_P99
    quick = report["a_second"] >= 0.95 * report["rate"]
    return whole and reached and quick and report["kb_a_connection"] <= TARGET_KB
