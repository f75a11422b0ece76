"""Pages of webhooks: all of them, one of them, and what is done to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.web.requests import StaffRequest
from filo.foundation.webhooks import services
from filo.foundation.webhooks.forms import EndpointForm
from filo.foundation.webhooks.models import WebhookEndpoint
from filo.foundation.webhooks.queries import seen_endpoint, seen_endpoints
from filo.foundation.webhooks.signing import unsealed
from filo.foundation.webhooks.views.page import endpoint_page

JUST_MADE = "webhook-secret-just-made"  # sealed, as the endpoint itself keeps it


@require_GET
def endpoints(request: StaffRequest) -> HttpResponse:
    """All of them, with how they do."""
    return render(request, "webhooks/list.html", {"endpoints": list(seen_endpoints(request.principal))})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more; its secret is shown on the page that follows, and not when that is looked at again."""
    request.principal.require("webhook", "create")
    form = EndpointForm(request.POST or None)
    made: list[tuple[WebhookEndpoint, str]] = []
    sent = request.method == "POST" and form.is_valid()
    if sent and form.done(lambda: made.append(services.add_endpoint(request.principal, **form.facts))):
        return _show_secret(request, made[0][0])
    return render(request, "webhooks/form.html", {"form": form}, status=form.status)


@require_GET
def endpoint(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """How it does, and what was sent; to who has just made its secret also that, once."""
    found = seen_endpoint(request.principal, endpoint_id)
    kept = request.session.get(JUST_MADE, "")
    is_new = bool(kept) and kept == found.sealed_secret
    if is_new:
        del request.session[JUST_MADE]
    return endpoint_page(request, found, secret=unsealed(kept) if is_new else "")


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """Change address, purpose or events."""
    request.principal.require("webhook", "edit")
    found = seen_endpoint(request.principal, endpoint_id)
    names = ("url", "description", "types", "version")
    form = EndpointForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if form.done(lambda: services.edit_endpoint(request.principal, found, version=version, **form.facts)):
            messages.success(request, _("Saved."))
            return redirect("webhooks:webhook", found.id)
    return render(request, "webhooks/form.html", {"form": form, "endpoint": found}, status=form.status)


@require_POST
def pause(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """Send nothing for now."""
    found = services.pause_endpoint(request.principal, seen_endpoint(request.principal, endpoint_id))
    sentence = _("Paused: events are kept and sent when it is resumed.")
    messages.success(request, sentence, extra_tags=reverse("webhooks:resume", args=[found.id]))
    return redirect("webhooks:webhook", found.id)


@require_POST
def resume(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """Send again."""
    found = services.resume_endpoint(request.principal, seen_endpoint(request.principal, endpoint_id))
    messages.success(request, _("Events are sent again."))
    return redirect("webhooks:webhook", found.id)


@require_POST
def secret(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """A new secret, shown on the page that follows."""
    found, _new_secret = services.roll_secret(request.principal, seen_endpoint(request.principal, endpoint_id))
    return _show_secret(request, found)


def _show_secret(request: StaffRequest, found: WebhookEndpoint) -> HttpResponse:
    """To its page, by an address of its own: looking at that again makes no second one."""
    request.session[JUST_MADE] = found.sealed_secret
    return redirect("webhooks:webhook", found.id)


@require_POST
def delete(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """Take it away, with a way back."""
    found = seen_endpoint(request.principal, endpoint_id)
    services.delete_endpoint(request.principal, found)
    undo = reverse("webhooks:restore", args=[found.id])
    messages.success(request, _("%(name)s is gone.") % {"name": found}, extra_tags=undo)
    return redirect("webhooks:list")


@require_POST
def restore(request: StaffRequest, endpoint_id: UUID) -> HttpResponse:
    """Bring it back."""
    found = services.restore_endpoint(request.principal, endpoint_id)
    messages.success(request, _("%(name)s is there again.") % {"name": found})
    return redirect("webhooks:webhook", found.id)
