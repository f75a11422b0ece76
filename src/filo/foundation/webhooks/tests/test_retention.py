"""What is old is forgotten: deliveries after a month, events after three; what nobody could handle stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from filo.foundation import clock
from filo.foundation.events.models import FailedDelivery, HandledEvent, OutboxEvent
from filo.foundation.events.retention import forget_old_events
from filo.foundation.events.tests.samples import LampLit
from filo.foundation.ids import uuid7, uuid7_for
from filo.foundation.webhooks.models import WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.replaying import forget_old
from filo.foundation.webhooks.services import add_endpoint, delete_endpoint
from filo.foundation.webhooks.tests.told import TESTER

pytestmark = pytest.mark.django_db


def announced(moment: datetime, *, relayed: bool = True) -> OutboxEvent:
    return OutboxEvent.objects.create(
        event_id=uuid7_for(moment),
        type=LampLit.type,
        source="x",
        subject=uuid7(),
        time=moment,
        actor="x",
        relayed_at=moment if relayed else None,
    )


def test_events_are_forgotten_after_ninety_days_when_they_are_wholly_handled() -> None:
    long_ago = clock.now() - timedelta(days=91)
    old, stuck, unrelayed = announced(long_ago), announced(long_ago), announced(long_ago, relayed=False)
    young = announced(clock.now() - timedelta(days=89))
    for row in (old, young):
        HandledEvent.objects.create(event_id=row.event_id, handler="x")
    FailedDelivery.objects.create(event=stuck, handler="x", next_at=long_ago, parked_at=long_ago)
    assert forget_old_events() == 1
    assert set(OutboxEvent.objects.values_list("pk", flat=True)) == {stuck.pk, unrelayed.pk, young.pk}
    assert HandledEvent.objects.get().event_id == young.event_id


def test_deliveries_and_deleted_webhooks_are_forgotten_after_thirty_days() -> None:
    endpoint, _secret = add_endpoint(TESTER, url="https://example.com/", types=["*"])
    for days in (31, 29):
        moment = clock.now() - timedelta(days=days)
        WebhookDelivery.objects.create(
            endpoint=endpoint, event_id=uuid7(), subject=uuid7(), next_at=moment, created_at=moment
        )
    assert forget_old() == 1
    delete_endpoint(TESTER, endpoint)
    forget_old()
    assert WebhookEndpoint.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=31)):
        forget_old()
    assert WebhookEndpoint.objects.count() == 0
