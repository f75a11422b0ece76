"""Lays the small world down again from the rows that building it once left: for one test after another.

The verbs that build a world take a tenth of a second, their rows a few milliseconds. Each process builds each scheme
once an hour, through the verbs; what a test does to its world is gone with the test, as ever.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from filo.foundation import clock
from filo.testing.world import World, build_world


@dataclass(frozen=True)
class _Kept:
    """The statements that lay the rows down, and the world that has names for them."""

    statements: tuple[str, ...]
    world: bytes


# By the scheme and the hour: what the world remembers as today's is not yesterday's when the day turns, here or abroad.
_kept: dict[tuple[str, str], _Kept] = {}
# SQLite looks words up in tables of its own, which are no model's.
WORDS = (
    "INSERT INTO search_fts(rowid, text) SELECT id, text FROM search_searchtext",
    "INSERT INTO search_notes_fts(rowid, text) SELECT id, text FROM search_searchnote",
    "INSERT INTO search_keys(rowid, keys) SELECT id, keys FROM search_searchword",
)


def laid_world(*, scheme: str = "by-area") -> World:
    """The world that `build_world` builds, the same ids for an hour; the database holds no firm yet.

    What is committed is built through the verbs, as it always was: it is not gone with a transaction.
    """
    if not connection.in_atomic_block:
        return build_world(scheme=scheme)
    now = datetime.now(UTC)
    key = (scheme, f"{now:%Y-%m-%d %H}")
    kept = _kept.get(key)
    if kept is None:
        world, _kept[key] = _built(scheme, now)
        return world
    with connection.cursor() as cursor:
        for statement in kept.statements:
            cursor.execute(statement)
    laid: World = pickle.loads(kept.world)  # noqa: S301  (written by this process)
    return laid


def _built(scheme: str, now: datetime) -> tuple[World, _Kept]:
    with clock.at(now):
        before = _rows()
        world = build_world(scheme=scheme)
    statements = [_insert(head, rows, before[head].keys()) for head, rows in _rows().items()]
    if connection.vendor == "sqlite":
        statements += WORDS
    return world, _Kept(tuple(filter(None, statements)), pickle.dumps(world))


def _insert(head: str, rows: dict[str, str], known: Collection[str]) -> str:
    new = [f"({row})" for key, row in rows.items() if key not in known]
    return f"INSERT INTO {head} VALUES {', '.join(new)}" if new else ""  # noqa: S608  (what the engine wrote)


def _rows() -> dict[str, dict[str, str]]:
    """The rows of each table by their keys, as the engine itself writes them, by the words that follow INSERT INTO.

    A key that the database gives is left to it.
    """
    found = {}
    quote = connection.ops.quote_name
    literal, text = ("quote(%s)", "%s") if connection.vendor == "sqlite" else ("quote_nullable(%s::text)", "%s::text")
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed:
                continue
            fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
            columns = [quote(str(field.column)) for field in fields]
            told = " || ',' || ".join(literal % column for column in columns)
            key, table = quote(str(model._meta.pk.column)), quote(model._meta.db_table)
            cursor.execute(f"SELECT {text % key}, {told} FROM {table} ORDER BY {key}")  # noqa: S608  (names of ours)
            found[f"{table} ({', '.join(columns)})"] = dict(cursor.fetchall())
    return found
