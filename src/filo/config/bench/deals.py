"""A million deals: how long the board, the reports and a move take, and whether the kept sums are the slow ones.

A house of its own is made, on SQLite or in an empty database of PostgreSQL; the deals are written by the thousand, what
is measured are the pages themselves, asked for by a signed-in administrator.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house

HOUSE_OF_POSTGRESQL = {"FILO_SECRET_KEY": "only-for-a-bench-0123456789-0123456789"}
AT_ONCE, PARTIES, ROUNDS = 20_000, 2_000, 15
# What has to be reached, in milliseconds.
TARGETS = {"board": 100, "forecast": 1_000, "move": 150}
OF_DEAL = (
    "id",
    "title",
    "party_id",
    "pipeline_id",
    "stage_id",
    "state",
    "chance",
    "amount",
    "close_date",
    "closed_at",
    "closed_on",
    "loss_reason_id",
    "owner_id",
    "unit_id",
    "company_id",
    "stage_since",
    "last_activity_at",
    "created_at",
    "next_step",
    "next_on",
    "score",
)
_CHILD = "from filo.config.bench.deals import measure_here\nimport json\nprint(json.dumps(measure_here(%d, %d)))\n"


def measure(deals: int, open_ones: int, *, database: str = "") -> dict[str, Any]:
    """Make so many deals, some of them open, and measure; `database` is the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-deals-") as folder:
        more = {"DATABASE_URL": database, **HOUSE_OF_POSTGRESQL} if database else {}
        environ = as_a_house(Path(folder), **more)
        run_in_house(environ, "demo", "--empty", "--only-load")
        return dict(json.loads(say_in_house(environ, _CHILD % (deals, open_ones)).splitlines()[-1]))


def measure_here(deals: int, open_ones: int) -> dict[str, Any]:
    """The same in the house of this process, which has no deals yet."""
    from django.conf import settings
    from django.db import connection

    from filo.operational.deals.services.adding_up import sum_anew

    settings.ALLOWED_HOSTS = ["*"]
    began = time.perf_counter()
    _fill(deals, open_ones)
    made = time.perf_counter() - began
    began = time.perf_counter()
    cells = sum_anew()
    summed = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    figures = {"engine": connection.vendor, "deals": deals, "open": open_ones, "made_seconds": round(made)}
    return {**figures, "sum_rows": cells, "summed_anew_seconds": round(summed, 1), **_pages(), **_equal()}


def _fill(deals: int, open_ones: int) -> None:
    """Customers, and deals of five years among them: the open ones in one pipeline, as on a board."""
    from django.db import transaction

    from filo.foundation import clock
    from filo.foundation.accounts.models import User
    from filo.foundation.bulk import insert, insert_values
    from filo.foundation.ids import uuid7s
    from filo.foundation.organisation.models import SellingCompany
    from filo.operational.deals.models import Deal, LossReason, Pipeline
    from filo.operational.parties.models import Party

    rng, now = random.Random(1), clock.now()  # noqa: S311  (the same deals at every run)
    parties = [
        Party(
            kind="organisation",
            legal_name=f"Ditta {n}",
            display_name=f"Ditta {n}",
            sort_name=f"ditta {n}",
            created_at=now,
            updated_at=now,
        )
        for n in range(PARTIES)
    ]
    insert(Party, parties)
    pipeline = Pipeline.objects.order_by("position")[0]
    stages = list(pipeline.stages.all())
    people = list(User.objects.filter(is_active=True))
    common = {
        "parties": [party.pk for party in parties],
        "pipeline": pipeline.pk,
        "company": SellingCompany.objects.order_by("position").values_list("pk", flat=True).first(),
        "reason": LossReason.objects.values_list("pk", flat=True).first(),
    }
    for first in range(0, deals, AT_ONCE):
        some = range(first, min(first + AT_ONCE, deals))
        rows = [_deal(rng, now, common, people, stages, is_open=n < open_ones, number=n) for n in some]
        with transaction.atomic():  # else each statement is a transaction of its own
            insert_values(Deal, OF_DEAL, [(key, *row) for key, row in zip(uuid7s(len(rows)), rows, strict=True)])


def _deal(
    rng: random.Random, now: datetime, common: dict[str, Any], people: list[Any], stages: list[Any], **what: Any
) -> tuple[Any, ...]:
    """The values of a deal, in the order of `OF_DEAL` after its key."""
    kind = "open" if what["is_open"] else rng.choice(("won", "lost"))
    stage = rng.choice([one for one in stages if one.kind == kind])
    closed = None if kind == "open" else now - timedelta(days=rng.randint(1, 1_800))
    begun = (closed or now) - timedelta(days=rng.randint(5, 90))
    person = rng.choice(people)
    return (
        f"Fornitura {what['number']}",
        rng.choice(common["parties"]),
        common["pipeline"],
        stage.pk,
        kind,
        stage.probability,
        Decimal(rng.randint(10_000, 9_000_000)) / 100,
        (now + timedelta(days=rng.randint(-20, 200))).date() if kind == "open" else None,
        closed,
        closed.date() if closed else None,
        common["reason"] if kind == "lost" else None,
        person.pk,
        person.unit_id,
        common["company"],
        begun,
        begun,
        begun,
        "Chiamare",
        (now + timedelta(days=rng.randint(-3, 20))).date(),
        rng.randint(0, 90),
    )


def _pages() -> dict[str, Any]:
    """Milliseconds of each page for an administrator, who sees all: the median and the slowest of several."""
    from django.test import Client

    from filo.config.demo.staff import PASSWORD
    from filo.operational.deals.models import Deal, PipelineStage

    client = Client()
    answer = client.post("/login", {"login": "admin@aurora.example", "password": PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(f"the sign-in answered {answer.status_code}")
    found = {name: timed(partial(client.get, address), ROUNDS) for name, address in ADDRESSES.items()}
    deals = list(Deal.objects.filter(state="open").select_related("stage").order_by("pk")[:ROUNDS])
    rows = PipelineStage.objects.filter(pipeline=deals[0].pipeline_id, kind="open")
    stages = [one for one in rows if set(one.required) <= {"amount", "close_date"}]  # which these deals have
    waiting = iter([(deal, next(one for one in stages if one.pk != deal.stage_id)) for deal in deals])

    def move() -> Any:
        deal, stage = next(waiting)
        return client.post(f"/deals/{deal.pk}/move", {"stage": stage.pk, "board": "1"}, headers={"HX-Request": "true"})

    return {**found, "move": timed(move, ROUNDS)}


ADDRESSES = {
    "board": "/deals/board",
    "list": "/deals?state=open",
    "list_of_all": "/deals?view=all&sort=-amount",
    "forecast": "/deals/forecast",
    "report": "/deals/report",
}


def timed(ask: Callable[[], Any], rounds: int) -> dict[str, Any]:
    """Milliseconds: the median, and the slowest but for the first."""
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - began) * 1_000)
        if answer.status_code != 200:
            raise RuntimeError(f"answered {answer.status_code}: {answer.content[:300]!r}")
    return {"median_ms": round(statistics.median(taken), 1), "slowest_ms": round(max(taken[1:]), 1)}


def _equal() -> dict[str, Any]:
    """Whether the sums that were kept are those of the deals, and how long the slow way takes."""
    from django.db.models import Sum

    from filo.operational.deals.models import Deal, DealSum
    from filo.operational.deals.services.adding_up import CELL, MEASURES, slow_sums

    began = time.perf_counter()
    slow = {row[: len(CELL)]: tuple(row[len(CELL) :]) for row in slow_sums(Deal.objects.filter(deleted_at=None))}
    took = time.perf_counter() - began
    totals = DealSum.objects.order_by().values_list(*CELL).annotate(*(Sum(name) for name in MEASURES))
    kept = {row[: len(CELL)]: tuple(row[len(CELL) :]) for row in totals if any(row[len(CELL) :])}
    return {"slow_sum_ms": round(took * 1_000), "sums_are_equal": kept == slow}


def told(report: dict[str, Any]) -> str:
    """The report as a table."""
    heads = (
        f"{report['deals']:,} deals, {report['open']:,} open, on {report['engine']}: made in {report['made_seconds']} s"
    )
    lines = [heads, f"{'':14}{'median ms':>12}{'slowest ms':>12}{'target':>10}"]
    for name in (*ADDRESSES, "move"):
        target = str(TARGETS[name]) if name in TARGETS else ""
        lines.append(f"{name:14}{report[name]['median_ms']:>12}{report[name]['slowest_ms']:>12}{target:>10}")
    equal = "equal to" if report["sums_are_equal"] else "NOT equal to"
    lines.append(f"{report['sum_rows']:,} rows of sums, {equal} the slow sum, which takes {report['slow_sum_ms']:,} ms")
    return "\n".join(lines)


def is_good(report: dict[str, Any]) -> bool:
    """Whether every target was reached and the sums are right."""
    reached = all(report[name]["median_ms"] <= target for name, target in TARGETS.items())
    return reached and bool(report["sums_are_equal"])
