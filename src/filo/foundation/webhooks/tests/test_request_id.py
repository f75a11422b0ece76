"""Whoever looks for what became of a request finds it again: in the event, at the receiver, on the delivery's page."""

from __future__ import annotations

from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import relay_batch
from filo.foundation.webhooks.models import WebhookDelivery
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.tests.peers import receiving
from filo.foundation.webhooks.tests.told import telling
from filo.testing.api import api_of
from filo.testing.clients import client_of
from filo.testing.world import World


def test_the_id_of_a_request_goes_with_its_events_to_the_receiver(world: World) -> None:
    with receiving() as peer:
        endpoint = telling(peer, "webhook.edited")
        assert OutboxEvent.objects.filter(request_id=None).exists(), "what no request announced has none"
        answer = api_of(world, "admin").ask("PATCH", f"/webhooks/{endpoint.id}", '{"description": "Shop"}')
        relay_batch()
        deliver_due()
    asked = answer["X-Request-Id"]
    assert [heard.headers["x-request-id"] for heard in peer.heard] == [asked]
    delivery = WebhookDelivery.objects.get()
    page = client_of(world, "admin").get(f"/settings/webhooks/{endpoint.id}/deliveries/{delivery.id}").text
    assert asked in page
