"""A PostgreSQL database read in one snapshot and loaded again, table by table, with nothing but COPY."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from filo.config.copies.archive import Archive, Writer
from filo.config.copies.manifest import Content, Table
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import BrokenBackup

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

FOLDER = "tables/"
CHUNK = 4 << 20
MANY = 1_000  # rows of a table from which it is faster to make its indexes anew
# How values are written must not depend on the server they are read from; rows come in the order in which they lie.
PLAINLY = (
    "SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 3; SET synchronize_seqscans = off; SET statement_timeout = 0"
)
TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    ORDER BY relname COLLATE "C"
"""
COLUMNS = """
    SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = %s
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
KEYS = """
    SELECT t.relname, condeferrable, conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""
INDEXES = """
    SELECT t.relname, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE c.relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
"""
SIZE = """
    SELECT sum(pg_table_size(oid)) FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
"""


def take(writer: Writer, tell: Tell) -> Content:
    """Put every row, as it stood at one moment, into a backup; gives what that was. Nobody waits for it."""
    line = connection.copy()
    try:
        with line.cursor() as cursor:
            cursor.execute(PLAINLY)
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            total, done, tables = size_of_rows(cursor), 0, {}
            for name in table_names(cursor):
                columns = _columns(cursor, name)
                digest, rows = hashlib.sha256(), 0
                for number, (chunk, count) in enumerate(_chunks(cursor, name, columns)):
                    writer.add(f"{FOLDER}{name}/{number:06}", chunk)
                    digest.update(chunk)
                    rows, done = rows + count, done + len(chunk)
                    tell("copying the database", done, max(total, done))
                tables[name] = Table(rows, digest.hexdigest(), columns)
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
            migrations = [(app, name) for app, name in cursor.fetchall()]
            cursor.execute("ROLLBACK")
            # Read last: a sequence knows no snapshot, and one that is further on does no harm.
            cursor.execute(SEQUENCES)
            sequences = {name: last for name, last in cursor.fetchall() if last is not None}
        return Content(tables, migrations, sequences)
    finally:
        line.close()


def table_names(cursor: CursorWrapper) -> list[str]:
    """Every table of ours."""
    cursor.execute(TABLES)
    return [name for (name,) in cursor.fetchall()]


def size_of_rows(cursor: CursorWrapper) -> int:
    """Bytes of the tables without their indexes."""
    cursor.execute(SIZE)
    return int(cursor.fetchone()[0] or 0)


def _columns(cursor: CursorWrapper, name: str) -> tuple[str, ...]:
    cursor.execute(COLUMNS, [name])
    return tuple(column for (column,) in cursor.fetchall())


def _copying(name: str, columns: Sequence[str], way: str) -> str:
    quote = connection.ops.quote_name
    return f"COPY {quote(name)} ({', '.join(map(quote, columns))}) {way}"


def _chunks(cursor: CursorWrapper, name: str, columns: Sequence[str]) -> Iterator[tuple[bytes, int]]:
    """The rows as COPY writes them, whole lines some megabytes at a time, and how many rows that is."""
    waiting: list[bytes] = []
    size = 0
    with copied(cursor, _copying(name, columns, "TO STDOUT")) as rows:
        for row in rows:
            waiting.append(bytes(row))
            size += len(row)
            if size >= CHUNK:
                yield b"".join(waiting), len(waiting)
                waiting, size = [], 0
    if waiting:
        yield b"".join(waiting), len(waiting)


@contextmanager
def copied(cursor: CursorWrapper, statement: str) -> Iterator[Any]:
    """psycopg's own copy, which Django's cursor hands through (and does not declare)."""
    with cursor.copy(statement) as rows:  # type: ignore[attr-defined,unused-ignore]
        yield rows


def load(archive: Archive, content: Content, tell: Tell) -> None:
    """Fill the tables, which are there already, with the rows of a backup, in the transaction of who calls this.

    Raises `BrokenBackup` when they do not hold afterwards what was told.
    """
    with closing(connection.cursor()) as cursor:
        cursor.execute(PLAINLY.replace("SET ", "SET LOCAL "))
        if set(content.tables) - set(table_names(cursor)):
            raise BrokenBackup
        empty_tables(cursor)
        with set_aside(cursor, {name for name, table in content.tables.items() if table.rows >= MANY}):
            _fill(cursor, archive, content, tell)
        for name, last in content.sequences.items():
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])
        _compare(cursor, content, tell)


def empty_tables(cursor: CursorWrapper, *, but: Sequence[str] = ()) -> None:
    """Take every row out, also those that migrations made."""
    names = ", ".join(connection.ops.quote_name(name) for name in table_names(cursor) if name not in but)
    cursor.execute(f"TRUNCATE {names} CASCADE")


def _fill(cursor: CursorWrapper, archive: Archive, content: Content, tell: Tell) -> None:
    done = 0
    for name, size, part in archive.parts():
        if not name.startswith(FOLDER):
            continue
        table = content.tables.get(name.removeprefix(FOLDER).rpartition("/")[0])
        if table is None:
            raise BrokenBackup
        target = name.removeprefix(FOLDER).rpartition("/")[0]
        with copied(cursor, _copying(target, table.columns, "FROM STDIN")) as rows:
            rows.write(part.read())
        done += size
        tell("filling the tables", done, 0)


@dataclass(frozen=True)
class _Aside:
    """What was taken off a table, and the statement that puts it back."""

    off: str
    back: str


@contextmanager
def set_aside(cursor: CursorWrapper, large: Collection[str] | None = None) -> Iterator[None]:
    """Without keys between tables and indexes, which are made anew when the rows are in: several times as fast.

    large: the tables for which it is worth it (all if none are named); the keys of the others are looked at in the end.
    What is taken off and made anew is locked, each key with its triggers, until the transaction ends, and a server has
    room for some seven thousand locks as it is installed.
    """
    cursor.execute(KEYS)
    found = [
        _Aside(f"ALTER TABLE {table} DROP CONSTRAINT {name}", f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}")
        for short, waits, table, name, what in cursor.fetchall()
        if large is None or short in large or not waits
    ]
    cursor.execute(INDEXES)
    indexes = [
        _Aside(f"DROP INDEX {name}", statement)
        for short, name, statement in cursor.fetchall()
        if large is None or short in large
    ]
    for one in (*found, *indexes):
        cursor.execute(one.off)
    if large is not None:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield
    if large is not None:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for one in (*indexes, *found):
        cursor.execute(one.back)


def _compare(cursor: CursorWrapper, content: Content, tell: Tell) -> None:
    done, total = 0, sum(table.rows for table in content.tables.values())
    for name, table in content.tables.items():
        digest, rows = hashlib.sha256(), 0
        for chunk, count in _chunks(cursor, name, table.columns):
            digest.update(chunk)
            rows += count
        if (rows, digest.hexdigest()) != (table.rows, table.sha256):
            raise BrokenBackup
        done += rows
        tell("comparing rows", done, total)


def drop_tables(cursor: CursorWrapper) -> None:
    """Take every table of ours away."""
    names = ", ".join(map(connection.ops.quote_name, table_names(cursor)))
    if names:
        cursor.execute(f"DROP TABLE {names} CASCADE")
