"""The chapter of the settings about how much may be taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filo.foundation.web.requests import StaffRequest
from filo.operational.exports.forms import LimitsForm
from filo.operational.exports.queries import limits_now
from filo.operational.exports.services.limiting import NUMBERS, set_limits


@require_http_methods(["GET", "POST"])
def limits(request: StaffRequest) -> HttpResponse:
    """For tokens and for people: from how many rows there is an alarm, and where it ends."""
    request.principal.require("settings", "view")
    found = limits_now()
    form = LimitsForm(request.POST or None, initial={name: getattr(found, name) for name in (*NUMBERS, "version")})
    if request.method == "POST":
        request.principal.require("settings", "edit")
        version = form.is_valid() and (form.cleaned_data["version"] or 0)
        if form.is_valid() and form.done(lambda: set_limits(request.principal, version=version, **form.facts)):
            messages.success(request, _("Saved."))
            return redirect("exports:limits")
    return render(request, "exports/limits.html", {"form": form}, status=form.status)
