"""Who is sent what next: each endpoint by one sender at a time, each object's events in their order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import cloud_event
from filo.foundation.ids import uuid7
from filo.foundation.webhooks.models import OPEN, DeliveryState, EndpointState, WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.signing import unsealed
from filo.foundation.webhooks.switching import disable

BATCH = 20
# Longer than a batch takes at the worst; after a crash others send its rest, with the same ids.
LEASE = timedelta(seconds=30)
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Parcel:
    """One delivery as it is sent."""

    delivery_id: UUID
    message_id: str
    body: bytes
    request_id: UUID | None = None


@dataclass(frozen=True)
class Batch:
    """Some deliveries of one endpoint, in their order, that `holder` alone sends."""

    endpoint_id: UUID
    holder: UUID
    url: str
    secrets: tuple[str, ...]
    parcels: tuple[Parcel, ...]


def claim_some(most: int) -> list[Batch]:
    """Up to `most` batches, each of another endpoint that is free and has something due."""
    moment = clock.now()
    if most < 1:
        return []
    ready = list(_ready(moment).values_list("pk", flat=True)[:most])
    claimed = (_claim(endpoint_id, moment) for endpoint_id in ready)
    return [batch for batch in claimed if batch is not None]


def next_due() -> datetime | None:
    """When the sender is needed again; None when nothing waits."""
    moment = clock.now()
    found = []
    for endpoint in WebhookEndpoint.objects.filter(deleted_at=None).only("id", "state", "rests_until", "busy_until"):
        at = _heads(endpoint).aggregate(at=Min("next_at"))["at"]
        if at is not None:
            found.append(max(filter(None, (at, endpoint.rests_until, endpoint.busy_until))))
    return max(min(found), moment + A_MOMENT) if found else None


def _ready(moment: datetime) -> QuerySet[WebhookEndpoint]:
    due = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), state__in=OPEN, next_at__lte=moment)
    rested = Q(rests_until=None) | Q(rests_until__lte=moment)
    works = Q(Exists(due), rested, state=EndpointState.ACTIVE)
    free = Q(busy_until=None) | Q(busy_until__lte=moment)
    return WebhookEndpoint.objects.filter(free, works | Q(Exists(due.filter(sequence=0))), deleted_at=None)


def _claim(endpoint_id: UUID, moment: datetime) -> Batch | None:
    with transaction.atomic():
        free = _ready(moment).filter(pk=endpoint_id).select_for_update(skip_locked=True)
        endpoint = free.first()
        if endpoint is None:
            return None
        # One that failed is tried with one event; who answers gets several in a row.
        size = 1 if endpoint.failures else BATCH
        found = list(_sendable(endpoint, moment).order_by("sequence", "id")[:size])
        try:
            secrets = _shared(endpoint, moment)
        except InvalidToken:  # the installation has another key than when the secret was sealed
            disable(endpoint, "secret")
            return None
        parcels = _parcels(found)
        if not parcels:
            return None
        endpoint.busy_until, endpoint.busy_by = moment + LEASE, uuid7()
        endpoint.save(update_fields=["busy_until", "busy_by"])
        return Batch(endpoint.pk, endpoint.busy_by, endpoint.url, secrets, tuple(parcels))


def _sendable(endpoint: WebhookEndpoint, moment: datetime) -> QuerySet[WebhookDelivery]:
    """What may be sent now; to one that is paused, switched off or resting only what was sent to try it out."""
    is_resting = endpoint.rests_until is not None and endpoint.rests_until > moment
    found = _heads(endpoint).filter(next_at__lte=moment)
    return found.filter(sequence=0) if is_resting else found


def _heads(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """The deliveries that wait for no other: of each object the earliest that is still open.

    What is not relayed yet could be earlier than what is, when several relay: whoever comes behind it waits too.
    """
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state__in=OPEN)
    if endpoint.state != EndpointState.ACTIVE:
        return waiting.filter(sequence=0)
    earlier = waiting.filter(subject=OuterRef("subject"), sequence__lt=OuterRef("sequence"))
    unrelayed = OutboxEvent.objects.filter(relayed_at=None).order_by("id").values_list("id", flat=True).first()
    heads = waiting.filter(~Exists(earlier))
    return heads if unrelayed is None else heads.filter(sequence__lt=unrelayed)


def _shared(endpoint: WebhookEndpoint, moment: datetime) -> tuple[str, ...]:
    """The secret, and the former one for as long as the receiver may still know only that."""
    secrets = [unsealed(endpoint.sealed_secret)]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > moment:
        secrets.append(unsealed(endpoint.former_secret))
    return tuple(secrets)


def _parcels(found: list[WebhookDelivery]) -> list[Parcel]:
    """The deliveries as they are sent; one whose event is not kept any more is cancelled."""
    rows = {row.event_id: row for row in OutboxEvent.objects.filter(event_id__in=[one.event_id for one in found])}
    lost = [one.pk for one in found if one.body is None and one.event_id not in rows]
    if lost:
        WebhookDelivery.objects.filter(pk__in=lost).update(state=DeliveryState.CANCELLED)
    kept = [one for one in found if one.pk not in lost]
    return [_parcel(one, rows.get(one.event_id)) for one in kept]


def _parcel(delivery: WebhookDelivery, row: OutboxEvent | None) -> Parcel:
    document = cloud_event(row) if row and delivery.body is None else dict(delivery.body or {})
    return Parcel(delivery.pk, str(delivery.event_id), _written(document), row.request_id if row else None)


def _written(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
