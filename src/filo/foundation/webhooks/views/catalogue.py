"""The page of all events, made from the code that announces them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.events.retention import KEPT_DAYS
from filo.foundation.web.requests import StaffRequest
from filo.foundation.webhooks.catalogue import topics
from filo.foundation.webhooks.models import WebhookEndpoint


@require_GET
def catalogue(request: StaffRequest) -> HttpResponse:
    """Types, fields, listeners and examples."""
    request.principal.require("event", "view")
    listening = list(WebhookEndpoint.objects.visible_to(request.principal).values_list("types", flat=True))
    return render(request, "webhooks/catalogue.html", {"topics": topics(listening), "kept_days": KEPT_DAYS})
