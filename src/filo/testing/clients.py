"""The test client of a signed-in person: a refused request, and any reading one, must leave the database alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from filo.testing.world import World

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")
# What a refused or reading request may touch: sessions, the door's own books, limits, idempotency.
EXEMPT_TABLES = frozenset({"django_session", "accounts_usersession", "accounts_securityevent"})
EXEMPT_WORDS = ("idempoten", "rate", "limit", "attempt", "cache")
EXEMPT_COLUMNS = frozenset({"last_login", "used_at", "seen_at"})


class Touched(AssertionError):
    """A request that should have changed nothing did."""


class CheckedClient(Client):
    """Fails the test when a 4xx answer, or a GET, left something changed."""

    def request(self, **request: Any) -> Any:
        """Ask, and compare what is kept before and after whenever something was written at all."""
        method = request.get("REQUEST_METHOD", "GET")
        with _watched() as watch:
            response = super().request(**request)
        reads = method in ("GET", "HEAD", "OPTIONS")
        if watch.before is not None and (reads or 400 <= response.status_code < 500):
            after = fingerprint()
            changed = sorted(name for name in after | watch.before if after.get(name) != watch.before.get(name))
            if changed:
                what = f"{method} {request.get('PATH_INFO')} answered {response.status_code}"
                raise Touched(f"{what} and yet changed {', '.join(changed)}")
        return response


def client_of(world: World, name: str, **headers: str) -> CheckedClient:
    """A client through which this person of the world is signed in."""
    client = CheckedClient(headers=headers)
    client.force_login(world.people[name])
    return client


class _Watch:
    """Takes the fingerprint just before the first write of a request, so that reading costs nothing."""

    def __init__(self) -> None:
        self.before: dict[str, str] | None = None
        self._busy = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self.before is None and not self._busy and sql.lstrip().upper().startswith(WRITES):
            self._busy = True
            self.before = fingerprint()
            self._busy = False
        return execute(sql, params, many, context)


@contextmanager
def _watched() -> Iterator[_Watch]:
    watch = _Watch()
    with connection.execute_wrapper(watch):
        yield watch


def fingerprint() -> dict[str, str]:
    """A digest of the rows of every table that a refusal may not touch; an empty one has none."""
    with connection.cursor() as cursor:
        return {name: _digest(cursor, name, _tables()[name]) for name in _filled(cursor)}


def _filled(cursor: Any) -> list[str]:
    """Those of the tables that hold anything, in one question."""
    quote = connection.ops.quote_name
    asked = (f"SELECT * FROM (SELECT '{name}' FROM {quote(name)} LIMIT 1) AS found" for name in _tables())  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]


@cache
def _tables() -> dict[str, list[str]]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed or table in EXEMPT_TABLES or any(word in table for word in EXEMPT_WORDS):
            continue
        columns = [field.column for field in model._meta.local_concrete_fields]
        found[table] = [column for column in columns if column and column not in EXEMPT_COLUMNS]
    return found


def _digest(cursor: Any, table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")  # noqa: S608  (names of ours)
    rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
