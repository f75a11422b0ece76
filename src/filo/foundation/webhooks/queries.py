"""Reads of webhooks and of what was sent."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest, NotFound
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import cloud_event
from filo.foundation.web.paging import Key, Page, page_of
from filo.foundation.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint

PAGE_SIZE = 50
NEWEST_FIRST = [Key("id", descending=True)]


def seen_endpoints(principal: Principal) -> QuerySet[WebhookEndpoint]:
    """Those that this principal may see, the oldest first. Raises `Forbidden`."""
    principal.require("webhook", "view")
    return WebhookEndpoint.objects.visible_to(principal).order_by("id")


def seen_endpoint(principal: Principal, endpoint_id: UUID) -> WebhookEndpoint:
    """One endpoint. Raises `Forbidden`, `NotFound`."""
    found = seen_endpoints(principal).filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound
    return found


def deliveries_of(endpoint: WebhookEndpoint, *, state: str = "") -> QuerySet[WebhookDelivery]:
    """What was or will be sent to a seen endpoint, perhaps only in one state. Raises `BadRequest`."""
    found = WebhookDelivery.objects.filter(endpoint=endpoint)
    if state and state not in DeliveryState.values:
        raise BadRequest(code="bad-state")
    return found.filter(state=state) if state else found


def delivery_log(endpoint: WebhookEndpoint, *, state: str = "", cursor: str = "") -> Page[WebhookDelivery]:
    """A page of deliveries, the newest first. Raises `BadRequest`."""
    return page_of(deliveries_of(endpoint, state=state), NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def seen_delivery(endpoint: WebhookEndpoint, delivery_id: UUID) -> WebhookDelivery:
    """One delivery of a seen endpoint. Raises `NotFound`."""
    found = deliveries_of(endpoint).select_related("endpoint").filter(pk=delivery_id).first()
    if found is None:
        raise NotFound
    return found


def document_of(delivery: WebhookDelivery) -> tuple[dict[str, object] | None, UUID | None]:
    """What is sent, as it is written (None when its event is forgotten), and the request that it comes from."""
    if delivery.body is not None:
        return dict(delivery.body), None
    row = OutboxEvent.objects.filter(event_id=delivery.event_id).first()
    return (cloud_event(row), row.request_id) if row else (None, None)
