"""Writes down what came of attempts, and decides what comes next for the delivery and for its endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.push.services import publish
from filo.foundation.webhooks.models import (
    REMEMBERED,
    DeliveryState,
    EndpointState,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)
from filo.foundation.webhooks.pauses import MOST_ATTEMPTS, PATIENCE, rest_after, wait_after
from filo.foundation.webhooks.switching import disable

GONE = 410
HEALTH = ["recent", "failures", "failing_since", "rests_until", "last_delivered_at", "busy_until", "busy_by"]
RESULT = ["state", "attempts", "next_at", "status", "milliseconds", "error", "delivered_at"]


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt; `error` is empty when the event has arrived, `asks_for` is how long to wait then."""

    delivery_id: UUID
    at: datetime
    milliseconds: int
    status: int | None
    error: str
    answer: str
    asks_for: timedelta | None = None

    @property
    def is_good(self) -> bool:
        """Whether the receiver has taken it."""
        return not self.error


def settle(endpoint_id: UUID, holder: UUID, outcomes: Sequence[Outcome]) -> int:
    """Keep the outcomes if the endpoint is still held by who sent them; gives how many were kept."""
    with transaction.atomic():
        mine = WebhookEndpoint.objects.select_for_update().filter(pk=endpoint_id, busy_by=holder)
        endpoint = mine.first()
        if endpoint is None:
            return 0
        sent = [outcome.delivery_id for outcome in outcomes]
        locked = WebhookDelivery.objects.select_for_update().filter(pk__in=sent)
        deliveries = {delivery.pk: delivery for delivery in locked.order_by("pk")}
        kept = [outcome for outcome in outcomes if outcome.delivery_id in deliveries]
        for outcome in kept:
            _note(endpoint, deliveries[outcome.delivery_id], outcome)
        WebhookDelivery.objects.bulk_update(deliveries.values(), RESULT)
        WebhookAttempt.objects.bulk_create(_attempt(outcome) for outcome in kept)
        endpoint.busy_until = endpoint.busy_by = None
        endpoint.save(update_fields=HEALTH)
        _switch_off_if_dead(endpoint, deliveries, kept)
        publish(f"webhook:{endpoint.pk}", "deliveries")
    return len(kept)


def _note(endpoint: WebhookEndpoint, delivery: WebhookDelivery, outcome: Outcome) -> None:
    delivery.attempts += 1
    delivery.status, delivery.milliseconds, delivery.error = outcome.status, outcome.milliseconds, outcome.error
    endpoint.recent = (endpoint.recent + ("+" if outcome.is_good else "-"))[-REMEMBERED:]
    if outcome.is_good:
        delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, outcome.at
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
        endpoint.last_delivered_at = outcome.at
        return
    _note_failure(delivery, outcome)
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or clock.now()
    rest = max(filter(None, (rest_after(endpoint.failures), outcome.asks_for)), default=None)
    endpoint.rests_until = clock.now() + rest if rest else None


def _note_failure(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """A test is tried once: somebody is looking. What was cancelled meanwhile stays so."""
    if delivery.is_test or delivery.attempts >= MOST_ATTEMPTS or outcome.status == GONE:
        delivery.state = DeliveryState.GIVEN_UP
    elif delivery.is_open:
        delivery.state = DeliveryState.FAILED
        delivery.next_at = clock.now() + max(wait_after(delivery.attempts), outcome.asks_for or timedelta(0))


def _switch_off_if_dead(
    endpoint: WebhookEndpoint, deliveries: dict[UUID, WebhookDelivery], kept: Sequence[Outcome]
) -> None:
    if endpoint.state == EndpointState.DISABLED:
        return
    if any(outcome.status == GONE for outcome in kept):
        disable(endpoint, "gone")
        return
    gave_up = any(one.state == DeliveryState.GIVEN_UP and not one.is_test for one in deliveries.values())
    if gave_up and endpoint.failing_since and clock.now() - endpoint.failing_since >= PATIENCE:
        disable(endpoint, "failing")


def _attempt(outcome: Outcome) -> WebhookAttempt:
    return WebhookAttempt(
        delivery_id=outcome.delivery_id,
        at=outcome.at,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        error=outcome.error,
        answer=outcome.answer,
    )
