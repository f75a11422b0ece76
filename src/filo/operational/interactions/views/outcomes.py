"""The outcomes of each channel, in the settings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.interactions.forms import OutcomeForm
from filo.operational.interactions.models import CHANNELS, Outcome
from filo.operational.interactions.outcomes import add_outcome, edit_outcome


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every channel with its outcomes."""
    request.principal.require("settings", "view")
    rows = list(Outcome.objects.all())
    channels = [(label, [row for row in rows if row.channel == code]) for code, label in CHANNELS if code != "note"]
    return render(request, "interactions/outcomes.html", {"channels": channels})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more outcome."""
    request.principal.require("settings", "edit")
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_outcome(request.principal, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("interactions:outcomes")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "interactions/outcome.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, outcome_id: UUID) -> HttpResponse:
    """Other words, another meaning, or out of use."""
    request.principal.require("settings", "edit")
    found = Outcome.objects.filter(pk=outcome_id).first()
    if found is None:
        raise NotFound
    initial = {name: getattr(found, name) for name in ("label_it", "label_en", "means", "active")}
    form = OutcomeForm(request.POST or None, initial=initial, of=found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_outcome(request.principal, found, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("interactions:outcomes")
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "found": found}
    return render(request, "interactions/outcome.html", context, status=422 if form.errors else 200)
