"""Pages of what is sent: the part that lives, one delivery, a test, and sending again."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest
from filo.foundation.webhooks import services
from filo.foundation.webhooks.forms import ReplayForm
from filo.foundation.webhooks.queries import document_of, seen_delivery, seen_endpoint
from filo.foundation.webhooks.views.page import activity_of, endpoint_page
from filo.foundation.webhooks.words import error_words


@require_GET
def activity(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """The part of a webhook's page that changes as things are sent."""
    found = seen_endpoint(request.principal, endpoint_id)
    return render(request, "webhooks/_activity.html", activity_of(request, found))


@require_GET
def delivery(request: StaffRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """What was sent and what came back, attempt by attempt."""
    endpoint = seen_endpoint(request.principal, endpoint_id)
    found = seen_delivery(endpoint, delivery_id)
    tries = [(attempt, error_words(attempt.error)) for attempt in found.tries.order_by("-id")[:50]]
    document, request_id = document_of(found)
    context = {
        "endpoint": endpoint,
        "delivery": found,
        "tries": tries,
        "document": json.dumps(document, indent=2, ensure_ascii=False) if document else "",
        "request_id": request_id,
    }
    return render(request, "webhooks/delivery.html", context)


@require_POST
def test(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """An event that tells of nothing; what comes of it shows in the log."""
    endpoint = seen_endpoint(request.principal, endpoint_id)
    services.send_test(request.principal, endpoint)
    messages.success(request, _("A test event is on its way. What comes of it shows below."))
    return redirect("webhooks:webhook", endpoint.id)


@require_POST
def retry(request: StaffRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """One delivery once more."""
    endpoint = seen_endpoint(request.principal, endpoint_id)
    services.send_again(request.principal, seen_delivery(endpoint, delivery_id))
    messages.success(request, _("It is sent again."))
    return redirect("webhooks:delivery", endpoint.id, delivery_id)


@require_POST
def replay(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """Everything since a moment once more."""
    endpoint = seen_endpoint(request.principal, endpoint_id)
    form = ReplayForm(request.POST)
    if form.is_valid():
        try:
            services.replay(request.principal, endpoint, since=form.cleaned_data["since"])
        except InvalidFields as error:
            form.refuse(error)
        else:
            messages.success(request, _("What was announced since then is sent again."))
            return redirect("webhooks:webhook", endpoint.id)
    return endpoint_page(request, endpoint, replay=form)
