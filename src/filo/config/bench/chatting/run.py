"""A house of its own is made and served, its people chat over real sockets and posts, and the ledger is compared."""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from filo.config.bench.chatting.load import Ledger, chat
from filo.config.bench.house import a_house, at_share, own_cpu
from filo.config.bench.incoming import say_in_house

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
        house = a_house(Path(name), database)
        people = json.loads(say_in_house(house.environ, _PREPARE % (customers, operators)).splitlines()[-1])
        held: dict[str, float] = {}
        with house.served() as tree:
            before, own_before = tree.memory_at_rest(), own_cpu()
            began, cpu = time.monotonic(), tree.cpu()
            ledger = chat(
                tree.port,
                people,
                rate=rate,
                seconds=seconds,
                on_hold=lambda: held.update(memory=tree.memory(), cpu=tree.cpu(), at=time.monotonic()),
            )
            took = time.monotonic() - held.get("at", began)
            cores = (tree.cpu() - held.get("cpu", cpu)) / took
        kept = set(json.loads(say_in_house(house.environ, _KEPT).splitlines()[-1]))
        each = (held["memory"] - before) * 1024 / (customers + operators)
        asked = {"customers": customers, "operators": operators, "rate": rate, "seconds": seconds}
        more_told = {"engine": "postgresql" if database else "sqlite", "kb_a_connection": round(each, 1)}
        load = (own_cpu() - own_before) / took
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
        "receipt_p95_ms": at_share(answers, 0.95),
        "p50_ms": round(statistics.median(late), 1) if late else None,
        "p95_ms": at_share(late, 0.95),
        "p99_ms": at_share(late, 0.99),
        "lost": len(set(ledger.acknowledged) - set(ledger.arrived)),
        "not_kept": len(set(ledger.acknowledged) - kept),
        "doubled": ledger.doubled,
    }


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
