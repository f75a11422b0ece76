"""About how large tables are, without counting them."""

from __future__ import annotations

import time

from django.db import connection
from django.db.models import Model

KEPT_SECONDS = 300
_known: dict[tuple[str, str], tuple[float, int]] = {}


def rows_about(model: type[Model]) -> int:
    """About how many rows the table of a model has, as it was known within the last five minutes."""
    table = model._meta.db_table
    key = (str(connection.settings_dict["NAME"]), table)
    at, rows = _known.get(key, (0.0, 0))
    if not at or time.monotonic() - at > KEPT_SECONDS:
        rows = _ask(table)
        _known[key] = (time.monotonic(), rows)
    return rows


def _ask(table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        else:
            cursor.execute(f"SELECT MAX(rowid) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        row = cursor.fetchone()
    return max(0, row[0] or 0) if row else 0
