"""The page of the firm as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filo.foundation.errors import NotFound
from filo.foundation.organisation.firm import edit_firm
from filo.foundation.organisation.forms import FirmForm
from filo.foundation.organisation.queries import the_firm
from filo.foundation.web.requests import StaffRequest

FIELDS = ("name", "visibility_scheme", "language", "time_zone", "version")


@require_http_methods(["GET", "POST"])
def firm(request: StaffRequest) -> HttpResponse:
    """Name, visibility scheme, language, time zone."""
    request.principal.require("settings", "view")
    found = the_firm()
    if found is None:
        raise NotFound
    form = FirmForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    if request.method == "POST":
        request.principal.require("settings", "edit")
        version = form.is_valid() and (form.cleaned_data["version"] or 0)
        if form.is_valid() and form.done(lambda: edit_firm(request.principal, version=version, **form.facts)):
            messages.success(request, _("Saved."))
            return redirect("organisation:firm")
    return render(request, "organisation/firm.html", {"form": form}, status=form.status)
