"""Switches an endpoint off when nobody is there any more."""

from __future__ import annotations

from filo.foundation.access.principal import system
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.webhooks.collecting import cancel_open
from filo.foundation.webhooks.events import WebhookDisabled
from filo.foundation.webhooks.letters import tell_switched_off
from filo.foundation.webhooks.models import EndpointState, WebhookEndpoint

SENDER = system("webhooks")


def disable(endpoint: WebhookEndpoint, because: str) -> None:
    """No more events for a locked endpoint, what waits is cancelled, and who made it hears of it.

    `because`: gone (the receiver said so), failing (for days), secret (it cannot be read any more).
    """
    before = endpoint.state
    endpoint.state, endpoint.disabled_because = EndpointState.DISABLED, because
    endpoint.version += 1
    endpoint.save(update_fields=["state", "disabled_because", "version"])
    cancel_open([endpoint])
    changes = {"state": (before, endpoint.state), "because": (None, because)}
    record(SENDER, "webhook.disable", kind="webhook", object_id=endpoint.id, changes=changes)
    announce(SENDER, WebhookDisabled(webhook=endpoint.id))
    tell_switched_off(endpoint)
