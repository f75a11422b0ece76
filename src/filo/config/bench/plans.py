"""Asks the database how it would read, and finds what reads a large table whole."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

LARGE = 50_000
# Below a limit a plan may stop early, but for what has to read everything before its first row.
_ALL_FIRST = ("Sort", "Aggregate", "Hash", "SetOp", "WindowAgg", "Bitmap Heap Scan")
# A limit that saves less than this share of the cost saves nothing.
STOPS_EARLY = 0.5
_ALIASES = re.compile(r'"(\w+)"(?: AS)? "?([A-Z]\d+)"?(?=\s|,|\))')
_SCAN = re.compile(r"^SCAN (\w+)(.*)$")


@dataclass(frozen=True)
class Statement:
    """What was asked, as it went to the database, and how long the answer took."""

    sql: str
    params: Any
    ms: float = 0.0


@dataclass(frozen=True)
class WholeRead:
    """A large table that a plan reads from end to end."""

    table: str
    how: str
    sql: str


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """Hears every reading statement of this process until the end of the block."""
    heard: list[Statement] = []

    def hear(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not many and sql.lstrip("( ").upper().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
                heard.append(Statement(sql, params, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(hear):
        yield heard


def sizes() -> dict[str, int]:
    """About how many rows each table holds, as the planner believes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind IN ('r', 'p')")
            return {name: int(rows) for name, rows in cursor.fetchall()}
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%%'")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone()[0]:
            return dict.fromkeys(names, 0)
        cursor.execute("SELECT tbl, max(CAST(stat AS integer)) FROM sqlite_stat1 GROUP BY tbl")
        return dict.fromkeys(names, 0) | {name: int(rows or 0) for name, rows in cursor.fetchall()}


def whole_reads(statement: Statement, rows: Mapping[str, int], *, more_than: int = LARGE) -> list[WholeRead]:
    """The tables of more than so many rows that this statement would read whole."""
    found = _postgresql(statement) if connection.vendor == "postgresql" else _sqlite(statement)
    return [
        WholeRead(table, how, statement.sql)
        for table, how in dict.fromkeys(found)
        if table in rows and rows[table] > more_than
    ]


def _postgresql(statement: Statement) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.params)
        plan = cursor.fetchone()[0]
    return list(_walk(plan[0]["Plan"], stops_early=False))


def _walk(node: dict[str, Any], *, stops_early: bool) -> Iterator[tuple[str, str]]:
    kind, table = str(node["Node Type"]), str(node.get("Relation Name", ""))
    if kind == "Seq Scan" and not stops_early:
        yield table, "from end to end"
    elif kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in node and not stops_early:
        yield table, f"by every entry of the index {node['Index Name']}"
    for below in node.get("Plans", []):
        yield from _walk(below, stops_early=_may_stop(node, kind, below, stops_early))


def _may_stop(node: dict[str, Any], kind: str, below: dict[str, Any], stops_early: bool) -> bool:
    """Whether the planner itself expects to read only a part of what is below this node."""
    if kind == "Limit":
        return stops_early or node["Total Cost"] < STOPS_EARLY * below["Total Cost"]
    if kind in _ALL_FIRST or below.get("Parent Relationship") in ("InitPlan", "SubPlan"):
        return False
    return stops_early and below.get("Parent Relationship") != "Inner"


def _sqlite(statement: Statement) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.params)
        lines = [str(row[3]) for row in cursor.fetchall()]
    names = {alias: table for table, alias in _ALIASES.findall(statement.sql)}
    found: list[tuple[str, str]] = []
    for line in lines:
        if match := _SCAN.match(line):
            table = str(names.get(match[1], match[1]))
            if "VIRTUAL TABLE INDEX" in match[2]:
                continue
            if "USING" not in match[2]:
                found.append((table, "from end to end"))
            elif " LIMIT " not in statement.sql or "USE TEMP B-TREE FOR ORDER BY" in lines:
                found.append((table, f"by every entry of the index {match[2].split()[-1]}"))
    return found
