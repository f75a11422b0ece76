"""Verbs about deliveries that failed for good: hand them over again, or leave them be."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.bell import relay_bell
from filo.foundation.events.models import FailedDelivery


def parked_deliveries(principal: Principal) -> QuerySet[FailedDelivery]:
    """What a handler failed on too often, with the event. Raises `Forbidden`."""
    principal.require("settings", "view")
    return FailedDelivery.objects.exclude(parked_at=None).select_related("event")


def deliver_again(principal: Principal, ids: Collection[int]) -> int:
    """Have these parked deliveries tried anew from the first attempt; gives how many. Raises `Forbidden`."""
    principal.require("settings", "edit")
    moment = clock.now()
    with transaction.atomic():
        rows = list(parked_deliveries(principal).filter(pk__in=ids).select_for_update(of=("self",)))
        FailedDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            parked_at=None, attempts=0, next_at=moment
        )
        for row in rows:
            record(principal, "event.deliver-again", kind="event", object_id=row.event.event_id)
        transaction.on_commit(relay_bell.ring)
    return len(rows)
