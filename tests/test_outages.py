"""A full disk and a database that is away are told plainly, by page and by API, with when to try again."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from filo.foundation.web.outages import StorageFull, Unavailable, outage_of
from filo.testing.api import token_of
from filo.testing.world import World


def full_sqlite() -> Exception:
    """What SQLite says when its file cannot grow."""
    file = sqlite3.connect(":memory:")
    file.execute("PRAGMA max_page_count = 1")
    try:
        file.execute("CREATE TABLE t (a)")
    except sqlite3.Error as error:
        return error
    raise AssertionError("the file has grown")


def no_such_table() -> Exception:
    try:
        sqlite3.connect(":memory:").execute("SELECT * FROM nothing")
    except sqlite3.Error as error:
        return error
    raise AssertionError("there is such a table")


def raised(outer: type[Exception], cause: Exception) -> Exception:
    """As Django raises it."""
    error = outer(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull),
        (raised(OperationalError, psycopg.errors.DiskFull("could not extend file")), StorageFull),
        (raised(OperationalError, full_sqlite()), StorageFull),
        (raised(ValueError, OSError(errno.EDQUOT, "quota")), StorageFull),
        (raised(OperationalError, psycopg.OperationalError("connection refused")), Unavailable),
        (raised(OperationalError, psycopg.errors.AdminShutdown("terminating connection")), Unavailable),
        (raised(OperationalError, psycopg.errors.LockNotAvailable("lock timeout")), Unavailable),
        (raised(InterfaceError, psycopg.InterfaceError("the connection is closed")), Unavailable),
        (raised(OperationalError, no_such_table()), None),
        (raised(OperationalError, psycopg.errors.UndefinedFunction("no function")), None),
        (ValueError("a fault of the program"), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (None, None),
    ],
)
def test_what_a_failure_means(error: Exception | None, means: type | None) -> None:
    found = outage_of(error)
    assert (type(found) if found else None) is means


@contextmanager
def breaking(error: Exception, *, what: str) -> Iterator[None]:
    """Every statement of a kind fails within the block."""

    def fail(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip().upper().startswith(what):
            raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


FULL = raised(OperationalError, psycopg.errors.DiskFull("could not extend file"))
AWAY = raised(OperationalError, psycopg.OperationalError("connection refused"))


@pytest.fixture
def api(world: World) -> Client:
    """A program of the agent's (whose requests fail: nothing can be fingerprinted meanwhile)."""
    return Client(headers={"Authorization": f"Bearer {token_of(world, 'agent')}", "Accept-Language": "it"})


@pytest.fixture
def page(world: World) -> Client:
    """A browser of the agent's."""
    client = Client(headers={"Accept-Language": "it"}, raise_request_exception=False)
    client.force_login(world.people["agent"])
    return client


@pytest.mark.parametrize(("error", "status", "code"), [(FULL, 507, "storage-full"), (AWAY, 503, "unavailable")])
def test_the_api_says_so(api: Client, error: Exception, status: int, code: str) -> None:
    with breaking(error, what="INSERT"):
        answer = api.post("/api/v1/tasks", {"title": "Richiamare"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert int(answer["Retry-After"]) > 0
    assert "al sicuro" in answer.json()["detail"]


def test_the_api_says_so_when_not_even_the_token_can_be_read(api: Client) -> None:
    with breaking(AWAY, what="SELECT"):
        answer = api.get("/api/v1/tasks")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_reading_by_the_api_goes_on_when_its_use_cannot_be_noted(api: Client) -> None:
    with breaking(FULL, what="UPDATE"):
        assert api.get("/api/v1/tasks").status_code == 200


@pytest.mark.parametrize(("error", "status"), [(FULL, 507), (AWAY, 503)])
def test_a_page_says_so(page: Client, error: Exception, status: int) -> None:
    with breaking(error, what="SELECT"):
        answer = page.get("/parties")
    assert answer.status_code == status
    assert int(answer["Retry-After"]) > 0
    assert "al sicuro" in answer.content.decode()
    assert '<html lang="it">' in answer.content.decode()


def test_a_part_of_a_page_says_it_in_a_toast(page: Client) -> None:
    with breaking(FULL, what="SELECT"):
        part = page.get("/parties", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (507, "#toasts")
    assert "filo-toast" in part.content.decode()
