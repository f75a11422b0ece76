"""The clock that verbs read: the real one, or a set one while a history is being told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("filo_clock", default=None)


def now() -> datetime:
    """The present moment in UTC, or the one that `at` has set."""
    return _set.get() or datetime.now(UTC)


def today(zone: ZoneInfo | None = None) -> date:
    """The present day in `zone` (the active time zone if none is given)."""
    return now().astimezone(zone or timezone.get_current_timezone()).date()


def midnight(day: date, zone: ZoneInfo | None = None) -> datetime:
    """The moment (UTC) at which a day begins in `zone` (the active time zone if none is given). A column compared with
    it uses its index, which one cut down to its day cannot.
    """
    return datetime.combine(day, time.min, zone or timezone.get_current_timezone()).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block verbs believe that it is `moment` (aware)."""
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)
