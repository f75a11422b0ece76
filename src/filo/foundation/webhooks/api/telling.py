"""From what is sent about webhooks and events to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.errors import BadRequest
from filo.foundation.events.models import OutboxEvent
from filo.foundation.webhooks.api.shapes import (
    EventParams,
    WebhookShape,
)
from filo.foundation.webhooks.models import WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.patterns import as_condition, readable
from filo.foundation.webhooks.reading import relayed_events


def asked_for(asked: EventParams) -> QuerySet[OutboxEvent]:
    """The rows that the parameters ask for."""
    found = relayed_events()
    if asked.type:
        patterns = [pattern.strip() for pattern in asked.type.split(",")]
        if not readable(patterns):
            raise BadRequest(_("This does not name events."), code="bad-type")
        found = found.filter(as_condition(patterns))
    if asked.since:
        found = found.filter(relayed_at__gte=asked.since)
    if asked.after:
        last = OutboxEvent.objects.filter(event_id=asked.after).exclude(relayed_at=None).first()
        if last is None:
            sentence = _("This event is not kept any more. Begin with `since`.")
            raise BadRequest(sentence, code="unknown-event")
        found = found.filter(Q(relayed_at__gt=last.relayed_at) | Q(relayed_at=last.relayed_at, id__gt=last.id))
        found = found.filter(relayed_at__gte=last.relayed_at)
    return found


def shape(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """As it is answered."""
    return {name: getattr(endpoint, name) for name in WebhookShape.model_fields}


def sent(delivery: WebhookDelivery) -> dict[str, Any]:
    """A delivery, as it is answered."""
    names = ("id", "type", "subject", "state", "attempts", "status", "milliseconds", "error", "created_at")
    found = {name: getattr(delivery, name) for name in names}
    next_at = delivery.next_at if delivery.is_open else None
    return found | {"event": delivery.event_id, "next_at": next_at, "delivered_at": delivery.delivered_at}
