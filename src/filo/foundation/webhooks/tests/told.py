"""Short ways to announce, relay and send."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import announce, relay_batch
from filo.foundation.events.tests.samples import LampLit
from filo.foundation.ids import uuid7
from filo.foundation.webhooks.models import WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.services import add_endpoint
from filo.foundation.webhooks.tests.peers import Peer

TESTER = system("tester")


def telling(peer: Peer, *types: str) -> WebhookEndpoint:
    """A webhook that tells this receiver."""
    return add_endpoint(TESTER, url=peer.url, types=types or ("sample.*",))[0]


def light(*rooms: str, lamp: UUID | None = None) -> None:
    """Announce that lamps were lit, and relay it."""
    with transaction.atomic():
        announce(TESTER, *(LampLit(lamp=lamp or uuid7(), room=room) for room in rooms))
    relay_batch()


def rooms_told(peer: Peer) -> list[str]:
    """Which lamps a receiver heard of, in its order."""
    documents = [json.loads(heard.body) for heard in peer.heard]
    return [found["data"].get("room", found["type"]) for found in documents]


def send_in(**later: float) -> int:
    """Send what is due after so much time."""
    with clock.at(clock.now() + timedelta(**later)):
        return deliver_due()


def states() -> list[str]:
    """The states of all deliveries, in the order of events."""
    return list(WebhookDelivery.objects.order_by("sequence", "id").values_list("state", flat=True))
