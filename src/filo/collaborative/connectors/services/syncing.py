"""One look at a back office: what is new comes in, what is ours goes out, and every row is accounted for.

A batch is taken in one transaction with the mark of how far the back office was read, so that a look that is killed
goes on where it was; the same rows again change nothing. A back office that is away stops this look and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from filo.collaborative.connectors.contract import Batch, NotConnected, Row
from filo.collaborative.connectors.events import ConnectionLost, ValuesDisagreed
from filo.collaborative.connectors.models import Connection, Exchange, SyncRun
from filo.collaborative.connectors.queries import line_to
from filo.collaborative.connectors.services.batches import take_batch
from filo.collaborative.connectors.services.deliveries import give_rows, give_what_is_new
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.events.services import announce
from filo.foundation.ids import uuid7

BUSY = timedelta(minutes=10)
LOST_AFTER = 3
LONGEST_PAUSE = timedelta(hours=6)
Tell = Callable[[int], None]


def sync(
    principal: Principal, exchange: Exchange, *, how: str = "schedule", tell: Tell = lambda _n: None
) -> SyncRun | None:
    """Look at one subject of one back office; None while another look is at it.

    A back office that is away, or a disk that is full, is told on the run and on the connection, and is no error.
    """
    mine = uuid7()
    if not _claim(exchange, mine):
        return None
    run = SyncRun.objects.create(exchange=exchange, how=how, started_at=clock.now())
    subject = all_subjects()[exchange.subject]
    try:
        line = line_to(exchange.connection)
        for batch in line.rows(exchange.subject, exchange.mark):
            give = take_batch(principal, exchange, subject, run, batch)
            line.taken(exchange.subject, batch)
            give_rows(exchange, subject, line, run, give)
            tell(run.rows_in)
        give_what_is_new(principal, exchange, subject, line, run)
    except (NotConnected, OSError) as error:
        _end(principal, run, because=_why(error))
    else:
        _end(principal, run)
    finally:
        Exchange.objects.filter(pk=exchange.pk, busy_by=mine).update(busy_until=None, busy_by=None)
    return run


def take_rows(principal: Principal, exchange: Exchange, rows: Sequence[Row], *, source: str) -> SyncRun:
    """Rows that the back office sent by itself."""
    run = SyncRun.objects.create(exchange=exchange, how="webhook", started_at=clock.now())
    batch = Batch(rows, exchange.mark, clock.now(), source)
    give = take_batch(principal, exchange, all_subjects()[exchange.subject], run, batch)
    try:
        give_rows(exchange, all_subjects()[exchange.subject], line_to(exchange.connection), run, give)
    except (NotConnected, OSError) as error:
        _end(principal, run, because=_why(error))
    else:
        _end(principal, run)
    return run


def _why(error: NotConnected | OSError) -> str:
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)


def _claim(exchange: Exchange, mine: Any) -> bool:
    free = Q(busy_until=None) | Q(busy_until__lt=clock.now())
    claimed = Exchange.objects.filter(free, pk=exchange.pk).update(busy_until=clock.now() + BUSY, busy_by=mine)
    exchange.refresh_from_db()
    return bool(claimed)


def _end(principal: Principal, run: SyncRun, because: str = "") -> None:
    run.ended_at, run.because = clock.now(), because[:300]
    run.state = "failed" if because else "done"
    with transaction.atomic():
        run.save()
        connection = Connection.objects.select_for_update().get(pk=run.exchange.connection_id)
        if because:
            connection.failures += 1
            connection.failed_because = run.because
            pause = timedelta(minutes=connection.every_minutes) * 2 ** min(connection.failures, 8)
            connection.next_at = clock.now() + min(pause, LONGEST_PAUSE)
            if connection.failures == LOST_AFTER:
                announce(principal, ConnectionLost(connection=connection.pk, failures=connection.failures))
        else:
            connection.failures, connection.failed_because, connection.last_ok_at = 0, "", clock.now()
            connection.next_at = clock.now() + timedelta(minutes=connection.every_minutes)
        connection.save(update_fields=["failures", "failed_because", "last_ok_at", "next_at"])
        if run.conflicts:
            announce(principal, ValuesDisagreed(connection=connection.pk, conflicts=run.conflicts))
