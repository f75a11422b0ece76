"""What was announced is kept for ninety days: so long it can be replayed, then it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from filo.foundation import clock
from filo.foundation.events.models import FailedDelivery, HandledEvent, OutboxEvent
from filo.foundation.events.services import first_id

KEPT_DAYS = 90
AT_ONCE = 1000


def forget_old_events(told: Callable[[int], None] = lambda _number: None) -> int:
    """Delete the events that are older and wholly handled, with the notes on their handling; gives how many.

    What no handler could do anything about stays for people to see to. `told` hears how far it came.
    """
    before = first_id(clock.now() - timedelta(days=KEPT_DAYS))
    old = OutboxEvent.objects.filter(event_id__lt=before).exclude(relayed_at=None)
    stuck = FailedDelivery.objects.values("event_id")
    forgotten = 0
    while found := list(old.exclude(pk__in=stuck).order_by("event_id").values_list("pk", "event_id")[:AT_ONCE]):
        with transaction.atomic():
            HandledEvent.objects.filter(event_id__in=[event_id for _pk, event_id in found]).delete()
            OutboxEvent.objects.filter(pk__in=[pk for pk, _event_id in found]).delete()
        forgotten += len(found)
        told(forgotten)
    return forgotten
