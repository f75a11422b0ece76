"""How many queries a page asks, kept in a file that is reviewed as a difference."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

KEPT = Path(__file__).resolve().parents[3] / "tests" / "query_budgets.json"
MOST = 15
REFRESH = "FILO_REFRESH_BUDGETS=1 ./filo test tests/test_query_budgets.py"


def queries_of(ask: Callable[[], Any]) -> list[str]:
    """The statements that answering takes, those that open and close transactions left out."""
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    assert response.status_code == 200, response.status_code
    said = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"))]


def kept() -> dict[str, int]:
    """The counts that were reviewed."""
    found: dict[str, int] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return found


def compare(name: str, asked: list[str]) -> None:
    """Fail when a page asks more, or less, than was reviewed; or write what it asks when that is wanted."""
    if connection.vendor != "sqlite":  # the engines differ by what they ask of themselves
        return
    counts = kept()
    if os.environ.get("FILO_REFRESH_BUDGETS"):
        counts[name] = len(asked)
        KEPT.write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n", encoding="utf-8")
        return
    told = "\n".join(f"{number:3} {sql[:160]}" for number, sql in enumerate(asked, start=1))
    twice = [f"{times}× {sql[:120]}" for sql, times in Counter(asked).items() if times > 1]
    repeated = "\nasked twice: " + "; ".join(twice) if twice else ""
    assert len(asked) == counts.get(name), (
        f"{name} asks {len(asked)} queries, {counts.get(name)} were reviewed. "
        f"If it should be so: {REFRESH}\n{told}{repeated}"
    )
