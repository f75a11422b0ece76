"""Announce events with the change they tell of, and relay them to their handlers after the commit."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.bulk import insert_values
from filo.foundation.events.backoff import wait_after
from filo.foundation.events.base import DomainEvent, EventMeta, event_kind
from filo.foundation.events.bell import relay_bell
from filo.foundation.events.models import FailedDelivery, HandledEvent, OutboxEvent
from filo.foundation.events.registry import (
    Handler,
    handler_named,
    handlers_of,
    load_handlers,
    subscriber_named,
    subscribers,
)
from filo.foundation.events.traces import trace_of
from filo.foundation.events.wire import from_data, to_data
from filo.foundation.ids import uuid7_for, uuid7s
from filo.foundation.web.cause import caused_by, request_at_work

logger = logging.getLogger("filo.events")

MOST_ATTEMPTS = 8
# One transaction relays as many events as fit into this time: quick, and no writer waits longer for it.
TRANSACTION_SECONDS = 0.05
AT_ONCE = 50  # more than fit into a transaction need not be read
ALONE_SECONDS, ALONE_AT_ONCE = 2.0, 1000  # where nobody else waits for the database
# After a batch that its time ended, SQLite's one writer may be somebody else: who waits asks ever more rarely.
BREATH_SECONDS = 0.02


class OutsideTransaction(RuntimeError):
    """An event was announced outside of the transaction of the change that it tells of."""


def announce(principal: Principal, *events: DomainEvent, operation_id: UUID | None = None) -> None:
    """Write events with the change they tell of; raises `OutsideTransaction` when no transaction is open."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("announce() belongs into the transaction of the change")
    if not events:
        return
    rows = [
        (key, event.type, event.subject, to_data(event)) for key, event in zip(uuid7s(len(events)), events, strict=True)
    ]
    insert_values(
        OutboxEvent,
        ("event_id", "type", "subject", "data"),
        rows,
        source=settings.SITE_URL,
        time=clock.now(),
        actor=principal.name,
        actor_id=principal.user_id,
        operation_id=operation_id,
        request_id=request_at_work(),
    )
    transaction.on_commit(relay_bell.ring)


def cloud_event(row: OutboxEvent) -> dict[str, Any]:
    """An event as others read it: CloudEvents 1.0 in JSON (cloudevents.io, JSON event format)."""
    return {
        "specversion": "1.0",
        "id": str(row.event_id),
        "source": row.source,
        "type": row.type,
        "subject": str(row.subject),
        "time": row.time.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": row.data,
    }


def relay_batch(limit: int = 200) -> int:
    """Hand up to `limit` new events and as many due retries to their handlers; gives how many were handled.

    At least once: a handler's effect, its `HandledEvent` and `relayed_at` are one transaction. A handler that
    fails takes back only its own effect, and is tried again later, without holding up the others.
    """
    load_handlers()
    relayed = 0
    while relayed < limit:
        taken = _relay_some(min(limit - relayed, AT_ONCE))
        if not taken:
            break
        relayed += taken
    return relayed + _retry_due(limit)


def relay_all() -> int:
    """Hand all that waits to its handlers, as `relay_batch` does, in few and large transactions: for a database that
    is prepared while nobody uses it. Gives how many; retries are left for their time.
    """
    load_handlers()
    relayed = 0
    while taken := _relay_some(ALONE_AT_ONCE, seconds=ALONE_SECONDS):
        relayed += taken
    return relayed


def replay_events(principal: Principal, handler: str, *, since: datetime) -> int:
    """Have a handler (by dotted name) run again for everything announced since a moment; gives how many.

    Raises `Forbidden`.
    """
    principal.require("settings", "edit")
    load_handlers()
    with transaction.atomic():
        # Ids are made in the order of time: their unique index finds the beginning.
        rows = OutboxEvent.objects.filter(event_id__gte=first_id(since)).exclude(relayed_at=None)
        told = [row for row in rows.only("id", "event_id", "type") if handler_named(handler, row.type)]
        for some in (told[start : start + 500] for start in range(0, len(told), 500)):
            HandledEvent.objects.filter(handler=handler, event_id__in=[row.event_id for row in some]).delete()
            FailedDelivery.objects.filter(handler=handler, event__in=some).delete()
        again = [FailedDelivery(event=row, handler=handler, next_at=clock.now()) for row in told]
        FailedDelivery.objects.bulk_create(again, batch_size=1000)
        transaction.on_commit(relay_bell.ring)
    return len(told)


def first_id(moment: datetime) -> UUID:
    """The smallest id that an event announced at this moment could have."""
    return UUID(int=uuid7_for(moment).int >> 80 << 80)


def _relay_some(limit: int, *, seconds: float = TRANSACTION_SECONDS) -> int:
    waiting = OutboxEvent.objects.filter(relayed_at=None).order_by("id")
    if not waiting.exists():  # a look before asking for the write lock
        return 0
    until = time.monotonic() + seconds
    taken = []
    with transaction.atomic():
        for row in waiting.select_for_update(skip_locked=True)[:limit]:
            for handler in handlers_of(row.type):
                _deliver(row, handler)
            taken.append(row)
            if time.monotonic() > until:
                break
        _tell_subscribers(taken)
        OutboxEvent.objects.filter(id__in=[row.id for row in taken]).update(relayed_at=clock.now())
    if time.monotonic() > until and seconds == TRANSACTION_SECONDS:
        time.sleep(BREATH_SECONDS)
    return len(taken)


def _tell_subscribers(rows: Sequence[OutboxEvent]) -> None:
    for subscriber in subscribers() if rows else ():
        try:
            with transaction.atomic():
                subscriber.run(rows)
        except Exception as error:  # told again one by one, so that a row that breaks it harms no other
            for row in rows:
                _note_failure(FailedDelivery(event=row, handler=subscriber.name), error)


def _deliver(row: OutboxEvent, handler: Handler) -> None:
    try:
        _handle(row, handler)
    except Exception as error:  # whatever a handler does wrong, the others go on
        _note_failure(FailedDelivery(event=row, handler=handler.name), error)


def _handle(row: OutboxEvent, handler: Handler) -> None:
    if HandledEvent.objects.filter(event_id=row.event_id, handler=handler.name).exists():
        return
    with transaction.atomic(), caused_by(row.request_id):
        HandledEvent.objects.create(event_id=row.event_id, handler=handler.name)
        handler.run(_rebuilt(row), _meta(row))


def _rebuilt(row: OutboxEvent) -> DomainEvent:
    kind = event_kind(row.type)
    if kind is None:
        raise LookupError(row.type)
    return from_data(kind, row.data)


def _meta(row: OutboxEvent) -> EventMeta:
    return EventMeta(
        id=row.event_id,
        type=row.type,
        time=row.time,
        sequence=row.id,
        actor=row.actor,
        actor_id=row.actor_id,
        operation_id=row.operation_id,
    )


def _note_failure(failed: FailedDelivery, error: Exception) -> None:
    failed.attempts += 1
    failed.error = trace_of(error)
    failed.next_at = clock.now() + wait_after(failed.attempts)
    if failed.attempts >= MOST_ATTEMPTS:
        failed.parked_at = clock.now()
    failed.save()
    kind, parked = type(error).__name__, " and is parked" if failed.parked_at else ""
    logger.warning("%s failed on event %s with %s%s", failed.handler, failed.event_id, kind, parked)


def _retry_due(limit: int) -> int:
    due = FailedDelivery.objects.filter(parked_at=None, next_at__lte=clock.now()).order_by("next_at", "id")
    until = time.monotonic() + TRANSACTION_SECONDS
    tried = 0
    if not due.exists():
        return 0
    with transaction.atomic():
        for failed in due.select_related("event").select_for_update(skip_locked=True, of=("self",))[:limit]:
            _retry(failed)
            tried += 1
            if time.monotonic() > until:
                break
    return tried


def _retry(failed: FailedDelivery) -> None:
    handler = handler_named(failed.handler, failed.event.type)
    subscriber = subscriber_named(failed.handler)
    try:
        if subscriber is not None:
            with transaction.atomic():
                subscriber.run([failed.event])
        elif handler is not None:
            _handle(failed.event, handler)
        else:
            raise LookupError(failed.handler)
    except Exception as error:  # the row remembers it
        _note_failure(failed, error)
    else:
        failed.delete()
