"""A SQLite database copied while it is written to, and what it held, told table by table."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from filo.config.copies.archive import BLOCK, Readable, Writer
from filo.config.copies.manifest import Content, Migrations, Table
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import BrokenBackup
from filo.foundation.ids import uuid7

PART = "database/filo.sqlite3"
PAGES_AT_ONCE = 4096
ROWS_AT_ONCE = 2000


def place() -> Path:
    """Where the database of this installation lies."""
    return Path(str(connection.settings_dict["NAME"]))


def take(writer: Writer, scratch: Path, tell: Tell) -> Content:
    """Put a copy of the database, as it stood at one moment, into a backup; gives what it held."""
    with copied(scratch, tell) as copy:
        content = content_of(copy, tell)
        with copy.open("rb") as file:
            writer.add_file(PART, _Told("packing the database", file, copy.stat().st_size, tell), copy.stat().st_size)
    return content


@contextmanager
def copied(scratch: Path, tell: Tell) -> Iterator[Path]:
    """A whole copy of the database beside `scratch`, gone at the end of the block.

    The reader holds one state of the database from the first page to the last; in WAL mode no writer waits for it.
    """
    copy = scratch / f".{uuid7().hex}.copy"
    try:
        with closing(sqlite3.connect(place(), timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
            copy.chmod(0o600)
            target.execute("PRAGMA synchronous=OFF")
            source.isolation_level = None
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            size = int(source.execute("PRAGMA page_size").fetchone()[0])

            def told(_status: int, left: int, total: int) -> None:
                tell("copying the database", (total - left) * size, total * size)

            source.backup(target, pages=PAGES_AT_ONCE, progress=told)
            source.execute("ROLLBACK")
            target.execute("PRAGMA journal_mode=DELETE")  # one file, that nothing beside it belongs to
        yield copy
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def content_of(file: Path, tell: Tell) -> Content:
    """What a file holds; the words for searching (a table that SQLite keeps by itself) are not told apart."""
    with closing(sqlite3.connect(file)) as line:
        names = _tables(line)
        total = sum(_rows(line, name) for name in names)
        tables: dict[str, Table] = {}
        done = 0
        for name in names:
            tables[name] = _told(line, name)
            done += tables[name].rows
            tell("counting rows", done, total)
        return Content(tables, _migrations(line), {})


def _tables(line: sqlite3.Connection) -> list[str]:
    """Tables of rows: neither virtual ones, nor those that carry them."""
    found = line.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")
    return [name for (name,) in found if not name.startswith("sqlite_")]


def _rows(line: sqlite3.Connection, name: str) -> int:
    return int(line.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608  (the engine named it)


def _told(line: sqlite3.Connection, name: str) -> Table:
    """Rows in the order in which they lie, each as SQLite itself would write its values down, and a line's end."""
    columns = tuple(column for (column,) in line.execute("SELECT name FROM pragma_table_info(?)", [name]))
    values = " || ',' || ".join(f'quote("{column}")' for column in columns)
    digest, number = hashlib.sha256(), 0
    rows = line.execute(f'SELECT {values} FROM "{name}" ORDER BY rowid')  # noqa: S608  (the engine named them)
    while some := rows.fetchmany(ROWS_AT_ONCE):
        number += len(some)
        digest.update("".join(f"{row}\n" for (row,) in some).encode())
    return Table(number, digest.hexdigest(), columns)


def _migrations(line: sqlite3.Connection) -> Migrations:
    return [(app, name) for app, name in line.execute("SELECT app, name FROM django_migrations ORDER BY id")]


def bring(source: Readable, size: int, target: Path, content: Content, tell: Tell) -> None:
    """Write the database of a backup to `target`. Raises `BrokenBackup` when it does not hold what was told."""
    with target.open("wb") as file:
        target.chmod(0o600)
        told = _Told("unpacking the database", source, size, tell)
        while block := told.read(BLOCK):
            file.write(block)
    try:
        found = content_of(target, tell)
    except sqlite3.DatabaseError:
        raise BrokenBackup from None
    if found.tables != content.tables or found.migrations != content.migrations:
        raise BrokenBackup


class _Told:
    """A file that tells how far it was read."""

    def __init__(self, says: str, file: Readable, size: int, tell: Tell) -> None:
        self._says, self._file, self._size, self._tell, self._done = says, file, size, tell, 0

    def read(self, size: int = -1, /) -> bytes:
        block = self._file.read(size)
        self._done += len(block)
        self._tell(self._says, self._done, self._size)
        return block
