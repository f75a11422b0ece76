"""Pages of holds: place one, lift it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.privacy.forms import HoldForm
from filo.foundation.privacy.queries import hold_of, seen_hold
from filo.foundation.privacy.services.holds import lift_hold, place_hold
from filo.foundation.privacy.subjects import seen_name, subject_kind
from filo.foundation.web.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def hold(request: StaffRequest, kind: str, subject_id: UUID) -> HttpResponse:
    """Why, and until when."""
    request.principal.require("privacy", "edit")
    name = seen_name(request.principal, kind, subject_id)
    page = subject_kind(kind).page(subject_id)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        if form.done(lambda: place_hold(request.principal, kind, subject_id, **facts)):
            messages.success(request, _("Held: no rule takes anything of %(name)s away.") % {"name": name})
            return redirect(page)
    context = {"form": form, "name": name, "page": page, "standing": hold_of(kind, subject_id)}
    return render(request, "privacy/hold.html", context, status=form.status)


@require_POST
def lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """The rules count again."""
    found = lift_hold(request.principal, seen_hold(request.principal, hold_id))
    messages.success(request, _("Lifted: the rules of retention count again."))
    back = subject_kind(found.subject_kind).page(found.subject_id)
    return redirect(back if request.POST.get("from") == "card" else "privacy:retention")
