"""What waited for other programs in a muted copy: how much it is, and what becomes of it when it speaks again."""

from __future__ import annotations

from filo.foundation.webhooks.collecting import cancel_open, wake
from filo.foundation.webhooks.models import OPEN, WebhookDelivery, WebhookEndpoint


def deliveries_waiting() -> int:
    """What would be sent now, or later."""
    return WebhookDelivery.objects.filter(state__in=OPEN, endpoint__deleted_at=None).count()


def cancel_waiting() -> int:
    """What waits is sent by itself no more; a person can still send it from the webhook's page. Gives how many."""
    number = deliveries_waiting()
    cancel_open(WebhookEndpoint.objects.all())
    return number


def deliver_waiting() -> int:
    """Have what waits sent now; gives how many."""
    number = deliveries_waiting()
    if number:
        wake(None)
    return number
