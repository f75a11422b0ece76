"""A new database takes the place of the one that is there: whole, or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from filo.config.copies import postgresql, sqlite
from filo.config.copies.archive import settle
from filo.config.copies.refusals import WrongDatabase
from filo.foundation.tables.whole import make_whole

State = Any  # the registry of models as they were at some migration, which Django does not type
BESIDE = ("-wal", "-shm", "-journal")


def is_filled() -> bool:
    """Whether somebody lives in the database. Raises `WrongDatabase` where there are tables that are not ours."""
    if connection.vendor == "sqlite" and not sqlite.place().exists():
        return False
    names = set(connection.introspection.table_names())
    strangers = names - _ours(names)
    if strangers:
        sentence = _("There are tables in this database that are not Filo's (%(names)s). Give it one of its own.")
        raise WrongDatabase(sentence % {"names": ", ".join(sorted(strangers)[:3])}, code="strangers")
    return any(_has_rows(table) for table in ("organisation_firm", "accounts_user") if table in names)


def _ours(names: set[str]) -> set[str]:
    """Ours begin with the label of an app of this version, or of the one that made them."""
    labels = {app.label for app in apps.get_app_configs()}
    if "django_migrations" in names:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT app FROM django_migrations")
            labels |= {label for (label,) in cursor.fetchall()}
    return {name for name in names if name.startswith(("django_", *(f"{label}_" for label in labels)))}


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608  (names of ours)
        return cursor.fetchone() is not None


@contextmanager
def a_new_database() -> Iterator[None]:
    """Within the block the database is a new, empty one; when the block ends well, it stays in the old one's place.

    SQLite: another file, renamed in the end. PostgreSQL: one transaction, which begins with dropping the tables.
    """
    if connection.vendor == "sqlite":
        with _another_file():
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        postgresql.drop_tables(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows that steps write must not keep tables from being altered
        yield


@contextmanager
def _another_file() -> Iterator[None]:
    place = sqlite.place()
    new = place.with_name(f"{place.name}.new")
    connection.close()
    _remove(new)
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        connection.close()  # the last one to close a database writes what is still in its log
    except BaseException:
        connection.close()
        _remove(new)
        raise
    finally:
        connection.settings_dict["NAME"] = str(place)
    _write_log_of(new)
    _write_log_of(place)
    for ending in BESIDE:  # none of the old one's logs may be taken for the new one's
        place.with_name(place.name + ending).unlink(missing_ok=True)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(place)
    settle(place)


def _write_log_of(file: Path) -> None:
    if file.exists():
        with closing(sqlite3.connect(file)) as line:
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove(file: Path) -> None:
    for ending in ("", *BESIDE):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def refuse_newer(migrations: Sequence[tuple[str, str]], version: str) -> None:
    """Raises `WrongDatabase` when this program does not know every step that a copy has behind it."""
    known = MigrationLoader(None).disk_migrations  # without asking the database, which may not be there
    if set(migrations) - set(known):
        sentence = _(
            "This was made by another version of Filo (%(version)s), which knows more than this one: install it."
        )
        raise WrongDatabase(sentence % {"version": version}, code="newer")


def migrate_to(migrations: Sequence[tuple[str, str]]) -> State:
    """Make the tables as they were after these steps; gives the models as they were then."""
    executor = MigrationExecutor(connection)
    last = _last_of(executor, migrations)
    if not make_whole(executor, last):
        executor.migrate(last)
    return state_after(migrations)


def state_after(migrations: Sequence[tuple[str, str]]) -> State:
    """The models as they were after these steps."""
    executor = MigrationExecutor(connection)
    return executor.loader.project_state(_last_of(executor, migrations)).apps


def _last_of(executor: MigrationExecutor, migrations: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The steps that no other of them stands on, app by app."""
    done, graph = set(migrations), executor.loader.graph
    return [
        (app, name)
        for app, name in migrations
        if not any(child.key in done and child.key[0] == app for child in graph.node_map[app, name].children)
    ]
