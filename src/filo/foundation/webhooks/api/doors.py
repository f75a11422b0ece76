"""Webhooks and events at the API."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.events.services import cloud_event
from filo.foundation.rest.answers import answer, no_content, told_once
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import Key, capped_count
from filo.foundation.webhooks import services
from filo.foundation.webhooks.api import telling
from filo.foundation.webhooks.api.shapes import (
    DeliveryList,
    DeliveryParams,
    DeliveryShape,
    EventList,
    EventParams,
    ReplayBody,
    ReplayShape,
    WebhookBody,
    WebhookChange,
    WebhookList,
    WebhookShape,
    WebhookWithSecret,
)
from filo.foundation.webhooks.queries import deliveries_of, seen_delivery, seen_endpoint, seen_endpoints

router = Router(tags=["webhooks"])
NEWEST_FIRST = (Key("id", descending=True),)
IN_ORDER = (Key("relayed_at"), Key("id"))


@router.get("/webhooks", response=WebhookList, summary="List webhooks")
def list_webhooks(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """The addresses that are told of events, the newest first."""
    found = seen_endpoints(require(request, "webhook", "view"))
    page = page_in(found, NEWEST_FIRST, asked)
    return list_answer([telling.shape(one) for one in page.rows], page.next, capped_count(found))


@router.post("/webhooks", response={201: WebhookWithSecret}, summary="Add a webhook", openapi_extra=VERSIONED)
def add_webhook(request: ApiRequest, body: WebhookBody) -> HttpResponse:
    """An address that is told of events from now on. The answer tells the `secret` that signs them, this once."""
    principal = require(request, "webhook", "create")
    made, secret = services.add_endpoint(principal, url=body.url, types=body.types, description=body.description)
    headers = {"Location": f"/api/v1/webhooks/{made.id}"}
    return told_once(
        versioned(request, telling.shape(made) | {"secret": secret}, status=201, headers=headers), "secret"
    )


@router.get("/webhooks/{uuid:webhook_id}", response=WebhookShape, summary="Read a webhook", openapi_extra=VERSIONED)
def get_webhook(request: ApiRequest, webhook_id: UUID) -> HttpResponse:
    """One webhook."""
    return versioned(request, telling.shape(seen_endpoint(require(request, "webhook", "view"), webhook_id)))


@router.patch("/webhooks/{uuid:webhook_id}", response=WebhookShape, summary="Change a webhook", openapi_extra=VERSIONED)
def change_webhook(request: ApiRequest, webhook_id: UUID, body: WebhookChange) -> HttpResponse:
    """Change address, events or description; pause it (`"state": "paused"`) or resume it."""
    principal = require(request, "webhook", "edit")
    found = seen_endpoint(principal, webhook_id)
    sent = body.sent()
    wanted = {name: value for name, value in sent.items() if name != "state"}
    try:
        # One request may name two verbs; both or neither.
        with transaction.atomic():
            version = version_to_write(request, found.version)
            changed = services.edit_endpoint(principal, found, version=version, **wanted)
            if "state" in sent:
                verb = services.pause_endpoint if sent["state"] == "paused" else services.resume_endpoint
                changed = verb(principal, changed)
    except Stale as error:
        raise stale(telling.shape(seen_endpoint(principal, webhook_id)), sent, error) from None
    return versioned(request, telling.shape(changed))


@router.delete("/webhooks/{uuid:webhook_id}", response={204: None}, summary="Delete a webhook", openapi_extra=VERSIONED)
def delete_webhook(request: ApiRequest, webhook_id: UUID) -> HttpResponse:
    """Nothing is sent to it any more."""
    principal = require(request, "webhook", "delete")
    found = seen_endpoint(principal, webhook_id)
    refuse_stale(request, found.version)
    services.delete_endpoint(principal, found)
    return no_content()


@router.post("/webhooks/{uuid:webhook_id}/secret", response=WebhookWithSecret, summary="Roll the secret")
def roll_webhook_secret(request: ApiRequest, webhook_id: UUID) -> HttpResponse:
    """A new secret, told this once; for 24 hours everything carries the signature of the former one too."""
    principal = require(request, "webhook", "edit")
    found, secret = services.roll_secret(principal, seen_endpoint(principal, webhook_id))
    return told_once(versioned(request, telling.shape(found) | {"secret": secret}), "secret")


@router.post("/webhooks/{uuid:webhook_id}/test", response={202: DeliveryShape}, summary="Send a test event")
def send_test_event(request: ApiRequest, webhook_id: UUID) -> HttpResponse:
    """An event of the type `webhook.test`, sent once; its delivery tells what came of it."""
    principal = require(request, "webhook", "edit")
    return answer(telling.sent(services.send_test(principal, seen_endpoint(principal, webhook_id))), status=202)


@router.post("/webhooks/{uuid:webhook_id}/replay", response={202: ReplayShape}, summary="Send the past again")
def replay_events_to_webhook(request: ApiRequest, webhook_id: UUID, body: ReplayBody) -> HttpResponse:
    """Everything it listens to since a moment, with the ids it had: events are kept for 90 days."""
    principal = require(request, "webhook", "edit")
    job = services.replay(principal, seen_endpoint(principal, webhook_id), since=body.since)
    return answer({"job": job.id, "state": job.state}, status=202)


@router.get("/webhooks/{uuid:webhook_id}/deliveries", response=DeliveryList, summary="List deliveries")
def list_deliveries(request: ApiRequest, webhook_id: UUID, asked: Query[DeliveryParams]) -> HttpResponse:
    """What was or will be sent, the newest first; kept for 30 days."""
    endpoint = seen_endpoint(require(request, "webhook", "view"), webhook_id)
    found = deliveries_of(endpoint, state=asked.state or "")
    page = page_in(found, NEWEST_FIRST, asked)
    return list_answer([telling.sent(one) for one in page.rows], page.next, capped_count(found))


@router.get(
    "/webhooks/{uuid:webhook_id}/deliveries/{uuid:delivery_id}", response=DeliveryShape, summary="Read a delivery"
)
def get_delivery(request: ApiRequest, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """One delivery."""
    endpoint = seen_endpoint(require(request, "webhook", "view"), webhook_id)
    return answer(telling.sent(seen_delivery(endpoint, delivery_id)))


@router.post(
    "/webhooks/{uuid:webhook_id}/deliveries/{uuid:delivery_id}/retry",
    response={202: DeliveryShape},
    summary="Send a delivery again",
)
def retry_delivery(request: ApiRequest, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """At once, with all its attempts before it."""
    principal = require(request, "webhook", "edit")
    delivery = seen_delivery(seen_endpoint(principal, webhook_id), delivery_id)
    return answer(telling.sent(services.send_again(principal, delivery)), status=202)


@router.get("/events", response=EventList, summary="List events")
def list_events(request: ApiRequest, asked: Query[EventParams]) -> HttpResponse:
    """What happened, for programs that ask now and then: follow `next`, and begin the next time with `after`.

    Events appear two seconds after they are relayed, so that none appears before one already listed.
    """
    require(request, "event", "view")
    found = telling.asked_for(asked)
    page = page_in(found, IN_ORDER, asked)
    return list_answer([cloud_event(row) for row in page.rows], page.next, capped_count(found))
