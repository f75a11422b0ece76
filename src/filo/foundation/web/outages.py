"""What a failure of disk or database means to whoever asked: it passes, and nothing that was saved is lost."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError

DISK_FULL_STATE = "53100"
# Connections (08, 57P), resources (53), locks and waits that were given up (40, 55P03, 57014).
PASSING_STATES = ("08", "53", "57", "40", "55P03")
PASSING_IN_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}


class Unavailable(DomainError):
    """The data cannot be reached at the moment; try again after `retry_after` seconds."""

    code, status = "unavailable", 503
    retry_after = 5
    sentence = _("The data cannot be reached at the moment. What was saved is safe: try again in a moment.")


class StorageFull(Unavailable):
    """There is no room left to save anything."""

    code, status = "storage-full", 507
    retry_after = 60
    sentence = _(
        "The disk of the server is full: nothing can be saved until whoever looks after Filo makes room. "
        "What was saved is safe and can still be read."
    )


def outage_of(error: BaseException | None) -> Unavailable | None:
    """What a failure says of disk or database; None for any other, which is a fault of the program."""
    found: Unavailable | None = None
    for cause in _causes(error):
        if _is_full(cause):
            return StorageFull()
        if _passes(cause):
            found = Unavailable()
    return found


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised from; what merely happened before it is not its cause."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if isinstance(error, sqlite3.Error):
        return _code_of(error) == sqlite3.SQLITE_FULL
    return getattr(error, "sqlstate", None) == DISK_FULL_STATE


def _passes(error: BaseException) -> bool:
    """Of the database's own errors those that go by; a table that is not there does not."""
    cause = error.__cause__
    if isinstance(error, OperationalError | InterfaceError) and cause is not None:
        if isinstance(cause, sqlite3.Error):
            return _code_of(cause) in PASSING_IN_SQLITE
        state = getattr(cause, "sqlstate", None)
        return state is None or str(state).startswith(PASSING_STATES)
    return False


def _code_of(error: sqlite3.Error) -> int:
    """The primary code: the low byte of an extended one."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
