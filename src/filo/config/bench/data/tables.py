"""Fills tables quickly: COPY on PostgreSQL, many rows a statement on SQLite, indexes and keys put back afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

Row = Sequence[Any]
ROWS_AT_ONCE = 20_000


def fill(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Store rows of plain values as the database keeps them (ids as 32 hex digits, moments as UTC text).

    Gives how many there were. One transaction: killed in the middle, the table is as before.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copy(cursor, f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', rows)
        marks = ", ".join("%s" for _name in columns)
        return _insert(cursor, f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', rows)  # noqa: S608


def _copy(cursor: Any, statement: str, rows: Iterable[Row]) -> int:
    count = 0
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _insert(cursor: Any, statement: str, rows: Iterable[Row]) -> int:
    count, found = 0, iter(rows)
    while some := list(islice(found, ROWS_AT_ONCE)):
        cursor.executemany(statement, some)
        count += len(some)
    return count


@contextmanager
def bare(tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """Take secondary indexes and foreign keys off the tables, and put them back at the end, checked."""
    names = [model._meta.db_table for model in tables]
    if connection.vendor == "postgresql":
        taken, restored = _postgresql_parts(names)
    else:
        taken, restored = _sqlite_parts(names)
    _run(taken)
    try:
        yield
    finally:
        _run(restored)
        _run([f'ANALYZE "{name}"' for name in names])


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in statements:
            cursor.execute(statement)


def _postgresql_parts(tables: list[str]) -> tuple[list[str], list[str]]:
    keys = """
        SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)"""
    indexes = """
        SELECT quote_ident(i.relname), pg_get_indexdef(x.indexrelid) FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        WHERE t.relname = ANY(%s) AND NOT x.indisprimary
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = x.indexrelid)"""
    with connection.cursor() as cursor:
        cursor.execute(keys, [tables])
        foreign = cursor.fetchall()
        cursor.execute(indexes, [tables])
        found = cursor.fetchall()
    taken = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _how in foreign]
    taken += [f"DROP INDEX {name}" for name, _how in found]
    restored = [how for _name, how in found]
    restored += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}" for table, name, how in foreign]
    return taken, restored


def _sqlite_parts(tables: list[str]) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        found = [(name, how) for name, how, table in cursor.fetchall() if table in tables]
    return [f'DROP INDEX "{name}"' for name, _how in found], [how for _name, how in found]
