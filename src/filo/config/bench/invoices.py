"""Two thousand invoices that fifty workers issue at once: how long each takes, and whether a number lacks or is double.

A house of its own is made, on SQLite or in an empty database of PostgreSQL; drafts are written first, what is measured
is the verb that gives them their number, with its XML tried, its audit, event and line on the card. The workers are
threads of as many processes as `serve` has there for pages: one on SQLite, two on PostgreSQL. Each has issued one
before the clock runs, as in a server that has been at work: its line to the database is open.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any
from uuid import UUID

from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house
from filo.config.server import workers as processes_here

INVOICES, WORKERS = 2_000, 50
# What has to be reached, in milliseconds.
TARGET_P95 = 300
_CHILD = "from filo.config.bench.invoices import measure_here\nimport json\nprint(json.dumps(measure_here(%d, %d)))\n"


def measure(invoices: int = INVOICES, workers: int = WORKERS, *, database: str = "") -> dict[str, Any]:
    """Make a house and measure; `database` is the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-invoices-") as folder:
        more = (
            {"DATABASE_URL": database, "FILO_SECRET_KEY": "only-for-a-bench-0123456789-0123456789"} if database else {}
        )
        environ = as_a_house(Path(folder), **more)
        run_in_house(environ, "demo", "--empty", "--only-load")
        return dict(json.loads(say_in_house(environ, _CHILD % (invoices, workers)).splitlines()[-1]))


def measure_here(invoices: int, workers: int) -> dict[str, Any]:
    """The same in the house of this process."""
    from django.db import connection

    from filo.operational.invoices.models import Invoice

    drafts, processes = _drafts(invoices + workers), processes_here()
    connection.close()
    shares = [_Share(drafts[at::processes], workers // processes) for at in range(processes)]
    began, ended, taken = _issue_all(shares)
    rows = Invoice.objects.filter(pk__in=drafts).order_by("serial")
    serials = list(rows.values_list("serial", flat=True))
    return {
        "engine": connection.vendor,
        "invoices": invoices,
        "workers": workers,
        "processes": processes,
        "seconds": round(ended - began, 1),
        "median_ms": round(statistics.median(taken), 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 1),
        "without_gap": serials == list(range(1, len(drafts) + 1)),
    }


@dataclass(frozen=True)
class _Share:
    """What one process issues, by so many threads."""

    drafts: list[UUID]
    workers: int


def _issue_all(shares: list[_Share]) -> tuple[float, float, list[float]]:
    """When the first began and the last had ended (in seconds of one clock), and the milliseconds that each took."""
    context = get_context("spawn")
    together = context.Barrier(len(shares))
    with ProcessPoolExecutor(len(shares), mp_context=context, initializer=_awake, initargs=(together,)) as pool:
        told = list(pool.map(_issue_share, shares))
    return min(one[0] for one in told), max(one[1] for one in told), sorted(ms for one in told for ms in one[2])


def _awake(together: Barrier) -> None:
    """A process that has loaded all it needs before the first of them begins."""
    import django

    django.setup()
    from filo.operational.invoices.services import issue_invoice  # noqa: F401  (read in before the clock runs)

    together.wait(60)


def _issue_share(share: _Share) -> tuple[float, float, list[float]]:
    from filo.operational.invoices.models import Invoice

    drafts, ready = list(Invoice.objects.filter(pk__in=share.drafts)), threading.Barrier(share.workers)
    with ThreadPoolExecutor(share.workers) as pool:
        list(pool.map(_issue, drafts[: share.workers], [ready] * share.workers))
        began = time.monotonic()
        taken = list(pool.map(_issue, drafts[share.workers :]))
    return began, time.monotonic(), taken


def _drafts(number: int) -> list[UUID]:
    from filo.foundation.access.principal import system
    from filo.foundation.organisation.models import SellingCompany
    from filo.operational.invoices.services import LineFacts, draft_invoice
    from filo.operational.parties.services.arrivals import create_party

    who, company = system("bench"), SellingCompany.objects.order_by("position").first()
    place = {"street": "Via Po 1", "postal_code": "10124", "city": "Torino", "province": "TO", "use": "billing"}
    facts = {"kind": "organisation", "legal_name": "Bench S.r.l.", "vat_number": "07643520567", "addresses": [place]}
    party = create_party(who, facts, relationships=[])
    if company is None:
        raise LookupError("the house has no company that sells")
    lines = [LineFacts(description=f"Tessuto {at}") for at in range(5)]
    return [draft_invoice(who, party=party, company=company, lines=lines).pk for _at in range(number)]


def _issue(draft: Any, ready: threading.Barrier | None = None) -> float:
    from filo.foundation.access.principal import system
    from filo.operational.invoices.services import issue_invoice

    began = time.perf_counter()
    issue_invoice(system("bench"), draft)
    if ready:
        ready.wait(60)  # so that each worker takes one
    return (time.perf_counter() - began) * 1000


def is_good(report: dict[str, Any]) -> bool:
    """Whether no number lacks, and each came soon enough."""
    return bool(report["without_gap"]) and report["p95_ms"] <= TARGET_P95


def told(report: dict[str, Any]) -> str:
    """The figures as lines."""
    at_work = f"{report['workers']} workers in {report['processes']} process(es)"
    gap = "no gap, no double" if report["without_gap"] else "NUMBERS LACK OR ARE DOUBLE"
    return "\n".join(
        (
            f"{report['engine']}, {report['invoices']} invoices by {at_work}: {gap}",
            f"all      {report['seconds']:>8} s",
            f"median   {report['median_ms']:>8} ms",
            f"p95      {report['p95_ms']:>8} ms   (target {TARGET_P95} ms)",
        )
    )
