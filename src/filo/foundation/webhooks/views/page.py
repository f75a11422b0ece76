"""The page of one webhook, which several doors answer with."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from filo.foundation.events.retention import KEPT_DAYS as EVENTS_KEPT_DAYS
from filo.foundation.web.requests import StaffRequest
from filo.foundation.webhooks.forms import ReplayForm
from filo.foundation.webhooks.models import DeliveryState, WebhookEndpoint
from filo.foundation.webhooks.queries import delivery_log
from filo.foundation.webhooks.words import error_words


def endpoint_page(
    request: StaffRequest, endpoint: WebhookEndpoint, *, secret: str = "", replay: ReplayForm | None = None
) -> HttpResponse:
    """The whole page; `secret` is shown when it has just been made."""
    context = activity_of(request, endpoint)
    context |= {"secret": secret, "replay": replay or ReplayForm(), "events_kept_days": EVENTS_KEPT_DAYS}
    response = render(request, "webhooks/webhook.html", context, status=422 if replay else 200)
    if secret:  # no copy of it stays behind, not even for the button that goes back
        response["Cache-Control"] = "no-store"
    return response


def activity_of(request: StaffRequest, endpoint: WebhookEndpoint) -> dict[str, Any]:
    """What the part of the page shows that is fetched anew."""
    state = request.GET.get("state", "")
    page = delivery_log(endpoint, state=state, cursor=request.GET.get("cursor", ""))
    return {
        "endpoint": endpoint,
        "page": page,
        "rows": [(delivery, error_words(delivery.error)) for delivery in page.rows],
        "state": state,
        "states": DeliveryState.choices,
    }
