"""Makes deliveries of events: as they are relayed, and again for those of the past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.services import enqueue
from filo.foundation.webhooks.models import OPEN, DeliveryState, WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.patterns import is_meant

DELIVER_JOB = "webhooks.deliver"


def collect(rows: Sequence[OutboxEvent]) -> None:
    """A delivery for each endpoint that listens to each event, in the transaction that relays them."""
    endpoints = list(WebhookEndpoint.objects.listening().only("id", "types"))
    made = [
        _delivery(endpoint, row) for endpoint in endpoints for row in rows if is_meant(row.type, endpoint.types or ())
    ]
    if made:
        # What is there already was collected before: an event comes to an endpoint once.
        WebhookDelivery.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
        wake_after_commit()


def collect_again(endpoint: WebhookEndpoint, rows: Sequence[OutboxEvent]) -> int:
    """Have these events sent to an endpoint once more, whether they were before or not; gives how many."""
    moment = clock.now()
    with transaction.atomic():
        known = WebhookDelivery.objects.filter(endpoint=endpoint, event_id__in=[row.event_id for row in rows])
        known.exclude(state__in=OPEN).update(**anew(moment))
        made = [_delivery(endpoint, row) for row in rows]
        WebhookDelivery.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
        wake_after_commit()
    return len(rows)


def anew(moment: datetime) -> dict[str, object]:
    """What a delivery looks like that has all its attempts before it."""
    return {"state": DeliveryState.PENDING, "attempts": 0, "next_at": moment, "error": "", "delivered_at": None}


def wake_after_commit() -> None:
    """Have what is due sent as soon as it is committed."""
    transaction.on_commit(partial(wake, None))


def wake(at: datetime | None) -> None:
    """See to it that the sender runs at this moment (None: now), unless it would anyway.

    Asked after the commit: a sender that is still to start then finds the deliveries, so none is missed.
    """
    moment = at or clock.now()
    if not Job.objects.filter(name=DELIVER_JOB, state=JobState.READY, run_at__lte=moment).exists():
        enqueue(DELIVER_JOB, run_at=moment)


def _delivery(endpoint: WebhookEndpoint, row: OutboxEvent) -> WebhookDelivery:
    moment = clock.now()
    return WebhookDelivery(
        endpoint=endpoint,
        event_id=row.event_id,
        type=row.type,
        subject=row.subject,
        sequence=row.id,
        next_at=moment,
        created_at=moment,
    )


def cancel_open(endpoints: Iterable[WebhookEndpoint]) -> None:
    """What waits for these endpoints is not sent any more."""
    waiting = WebhookDelivery.objects.filter(endpoint__in=list(endpoints), state__in=OPEN)
    waiting.update(state=DeliveryState.CANCELLED)
