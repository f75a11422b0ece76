"""Sends the past again, and forgets it when it is old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import first_id
from filo.foundation.webhooks.collecting import collect_again
from filo.foundation.webhooks.models import WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.patterns import as_condition

KEPT_DAYS = 30
AT_ONCE = 500


def replay_to(
    endpoint_id: UUID, since: datetime, *, is_over: Callable[[], bool], told: Callable[[int, int | None], None]
) -> int:
    """Have the events since a moment that an endpoint listens to sent to it again; gives how many."""
    endpoint = WebhookEndpoint.objects.listening().filter(pk=endpoint_id).first()
    if endpoint is None:
        return 0
    rows = OutboxEvent.objects.filter(as_condition(endpoint.types), event_id__gte=first_id(since))
    rows = rows.exclude(relayed_at=None).only("id", "event_id", "type", "subject")
    last, done = 0, 0
    while not is_over() and (some := list(rows.filter(id__gt=last).order_by("id")[:AT_ONCE])):
        done += collect_again(endpoint, some)
        last = some[-1].id
        told(done, None)
    return done


def forget_old() -> int:
    """Delete deliveries of a month ago, and the endpoints that were deleted before that; gives how many."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    forgotten = 0
    while found := list(WebhookDelivery.objects.filter(created_at__lt=before).values_list("pk", flat=True)[:AT_ONCE]):
        WebhookDelivery.objects.filter(pk__in=found).delete()
        forgotten += len(found)
    WebhookEndpoint.objects.filter(deleted_at__lt=before).delete()
    return forgotten
