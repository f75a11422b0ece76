"""The audit as a file: a line for each entry, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.db.models import QuerySet

from filo.foundation.audit.chain import COVERED, canonical
from filo.foundation.audit.models import AuditEntry

COLUMNS = (*COVERED, "seal")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def entries_between(
    since: date | None, until: date | None, *, kind: str = "", zone: tzinfo = UTC
) -> QuerySet[AuditEntry]:
    """The entries from one day to another, both included, as the days fall in `zone`; the oldest first."""
    found = AuditEntry.objects.order_by("at", "id")
    if since:
        found = found.filter(at__gte=datetime.combine(since, time.min, tzinfo=zone))
    if until:
        found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time.min, tzinfo=zone))
    return found.filter(kind=kind) if kind else found


def lines(found: QuerySet[AuditEntry], form: str) -> Iterator[str]:
    """The lines of a file of this form (`csv`, `jsonl`), read as they are asked for."""
    rows = ({**json.loads(canonical(row)), "seal": row["seal"]} for row in _rows(found))
    if form == "jsonl":
        return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _table([row[name] for name in COLUMNS] for row in rows)


def _rows(found: QuerySet[AuditEntry]) -> Iterator[dict[str, object]]:
    yield from found.values(*COLUMNS).iterator(chunk_size=2000)


def _table(rows: Iterable[list[object]]) -> Iterator[str]:
    yield _line(list(COLUMNS))
    for row in rows:
        yield _line([_cell(value) for value in row])


def _cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula is made a text by a quote before it."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _line(cells: list[object]) -> str:
    kept = io.StringIO()
    csv.writer(kept).writerow(cells)
    return kept.getvalue()
