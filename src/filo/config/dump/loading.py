"""Brings a dump in: makes the tables as they were, fills them, compares every row, and leaves the copy muted."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _

from filo.config.copies import postgresql
from filo.config.copies.archive import BLOCK
from filo.config.copies.bringing import finish, make_way, mute_in
from filo.config.copies.files import put_file, with_a_place_here
from filo.config.copies.laying import State, a_new_database, migrate_to, refuse_newer
from filo.config.copies.manifest import File, own_key
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import BrokenBackup, NoBackup
from filo.config.dump.tables import Model, Sum, columns_of, kept_models, sum_of
from filo.config.dump.values import reader_of
from filo.config.dump.writing import FORM, Dumped
from filo.foundation.access.principal import Principal

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

AT_ONCE = 2000


@dataclass(frozen=True)
class Told:
    """What a dump says of itself."""

    folder: Path
    taken_at: datetime
    version: str
    key: str
    migrations: list[tuple[str, str]]
    models: Mapping[str, Dumped]
    files: Mapping[str, File]


@dataclass(frozen=True)
class BroughtIn:
    """What was brought in."""

    told: Told
    rows: int
    seconds: float
    other_key: bool


def import_all(principal: Principal, folder: Path, *, up_to_date: Callable[[], int], tell: Tell) -> BroughtIn:
    """Fill the empty database with a dump; `up_to_date` brings the tables to this version in the end.

    Raises `NoBackup`, `BrokenBackup`, `WrongDatabase`; then nothing was changed.
    """
    began = time.monotonic()
    told = read_dump(folder)
    refuse_newer(told.migrations, told.version)
    files = with_a_place_here(told.files)
    _check_files(told, tell)
    make_way(replace=False, tell=tell)
    with a_new_database():
        state = migrate_to(told.migrations)
        _fill(told, state, tell)
        mute_in(state, told.taken_at)
    for name, file in files.items():
        with (folder / "files" / file.sha256).open("rb") as source:
            put_file(name, source, file)
    finish(principal, taken_at=told.taken_at, source=folder.name, up_to_date=up_to_date)
    rows = sum(one.rows for one in told.models.values())
    return BroughtIn(told, rows, time.monotonic() - began, told.key != own_key())


def read_dump(folder: Path) -> Told:
    """What a dump says of itself. Raises `NoBackup` for a folder that is none, or was not finished."""
    try:
        found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if found["form"] != FORM:
            raise NoBackup
        return Told(
            folder,
            datetime.fromisoformat(found["taken_at"]),
            found["version"],
            found["key"],
            [(app, name) for app, name in found["migrations"]],
            {label: Dumped(**one) for label, one in found["models"].items()},
            {name: File(**one) for name, one in found["files"].items()},
        )
    except (OSError, KeyError, TypeError, ValueError):
        sentence = _("%(folder)s is no dump of Filo, or was not finished: its manifest is missing.")
        raise NoBackup(sentence % {"folder": folder}) from None


def _check_files(told: Told, tell: Tell) -> None:
    """Look at every line and every file before anything is written."""
    for label, one in told.models.items():
        if one.file != f"data/{label}.jsonl" or _sum_of_file(told.folder / one.file) != (one.rows, one.content):
            raise BrokenBackup
        tell("checking the dump", 0, 0)
    for file in told.files.values():
        if not _is_whole(told.folder / "files" / Path(file.sha256).name, file):
            raise BrokenBackup


def _sum_of_file(file: Path) -> tuple[int, str]:
    found = Sum()
    try:
        with file.open("rb", buffering=BLOCK) as lines:
            for line in lines:
                found.add(line)
    except OSError:
        raise BrokenBackup from None
    return found.rows, found.content


def _is_whole(path: Path, told: File) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
    except OSError:
        return False
    return (size, digest.hexdigest()) == (told.size, told.sha256)


def _fill(told: Told, state: State, tell: Tell) -> None:
    found = kept_models(state.get_models(include_auto_created=True))
    if set(found) != set(told.models):
        raise BrokenBackup
    with _free_of_keys(), connection.cursor() as cursor:
        for label, model in found.items():
            _fill_one(cursor, model, told.folder / told.models[label].file, tell)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found.values())):
            cursor.execute(statement)
    connection.check_constraints()
    _rebuild_words()
    for label, model in found.items():
        tell("comparing rows", 0, 0)
        one = sum_of(model)
        if (one.rows, one.content) != (told.models[label].rows, told.models[label].content):
            raise BrokenBackup


@contextmanager
def _free_of_keys() -> Iterator[None]:
    """Empty tables that can be filled in any order, in one transaction; keys between them are looked at in the end."""
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA foreign_keys=OFF")
            stack.enter_context(transaction.atomic())
            with connection.cursor() as cursor:
                for name in connection.introspection.django_table_names(only_existing=True, include_views=False):
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608  (names of ours)
        else:
            with connection.cursor() as cursor:
                postgresql.empty_tables(cursor, but=("django_migrations",))
            stack.enter_context(postgresql.set_aside(stack.enter_context(connection.cursor())))
        yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=ON")


def _rebuild_words() -> None:
    """SQLite keeps the words for searching in tables beside those that they are of; PostgreSQL in an index."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%content=%'")
        for (name,) in cursor.fetchall():
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"INSERT INTO {quoted}({quoted}) VALUES ('rebuild')")  # noqa: S608  (the engine named it)


def _fill_one(cursor: CursorWrapper, model: Model, file: Path, tell: Tell) -> None:
    columns = columns_of(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column.column)) for column in columns)
    table, done = quote(model._meta.db_table), 0
    statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608
    for some in _rows(model, file):
        if connection.vendor == "sqlite":
            cursor.executemany(statement, some)
        else:
            with postgresql.copied(cursor, f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in some:
                    copy.write_row(row)
        done += len(some)
        tell(model._meta.label, done, 0)


def _rows(model: Model, file: Path) -> Iterator[list[list[Any]]]:
    """The rows of a file as the database is given them, some at a time."""
    readers = [(column.attname, reader_of(column)) for column in columns_of(model)]
    some: list[list[Any]] = []
    with file.open("rb", buffering=BLOCK) as lines:
        for line in lines:
            row = json.loads(line)
            some.append([read(row[name]) for name, read in readers])
            if len(some) == AT_ONCE:
                yield some
                some = []
    if some:
        yield some
