"""A house of its own is made and served, its people look together, and what was seen is compared with what changed."""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from filo.config.bench.house import a_house, at_share, own_cpu
from filo.config.bench.incoming import say_in_house
from filo.config.bench.looking.load import look

TARGET_P95 = 300  # ms from the change to the other side
_PREPARE = "from filo.config.bench.looking.people import prepare\nprint(prepare(%d))\n"


def measure(sessions: int, *, rate: float, seconds: float, database: str = "") -> dict[str, Any]:
    """Look for some seconds; `database` is the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-view-") as name:
        house = a_house(Path(name), database)
        people = json.loads(say_in_house(house.environ, _PREPARE % sessions).splitlines()[-1])
        with house.served() as tree:
            began, cpu, own = time.monotonic(), tree.cpu(), own_cpu()
            seen = look(tree.port, people, rate=rate, seconds=seconds)
            took = time.monotonic() - began
            cores, load = (tree.cpu() - cpu) / took, (own_cpu() - own) / took
    late, pointed = (sorted(one * 1000 for one in rows) for rows in (seen.late, seen.pointed))
    return {
        "engine": "postgresql" if database else "sqlite",
        "sessions": sessions,
        "rate": rate,
        "seconds": seconds,
        "changes": seen.sent,
        "unseen": seen.sent - len(late),
        "p50_ms": at_share(late, 0.5),
        "p95_ms": at_share(late, 0.95),
        "p99_ms": at_share(late, 0.99),
        "pointed_p95_ms": at_share(pointed, 0.95),
        "cores": round(cores, 2),
        "load_cores": round(load, 2),
    }


def told(report: dict[str, Any]) -> str:
    """The figures as lines."""
    return "\n".join(
        (
            f"{report['engine']}: {report['sessions']} sessions, {report['rate']:g} changes a second in each for "
            f"{report['seconds']:g} s on {os.cpu_count()} cores",
            f"changes        {report['changes']:>9,}  unseen {report['unseen']}",
            f"to the other   {report['p50_ms']:>9} ms  p95 {report['p95_ms']} ms (target {TARGET_P95})  "
            f"p99 {report['p99_ms']} ms",
            f"pointing       {report['pointed_p95_ms']:>9} ms  at p95, from the colleague to the customer",
            f"processors     {report['cores']:>9}     the load itself {report['load_cores']}",
        )
    )


def is_good(report: dict[str, Any]) -> bool:
    """Whether the target was reached and nothing went unseen."""
    return report["unseen"] == 0 and (report["p95_ms"] or 0) <= TARGET_P95
