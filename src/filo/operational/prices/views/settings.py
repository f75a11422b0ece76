"""In the settings: caps of discounts by role, and rates of exchange."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.access.models import Role
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.prices.models import DiscountCap, ExchangeRate, RateSource
from filo.operational.prices.queries.caps import seen_cap
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.discounts import remove_cap, save_cap
from filo.operational.prices.services.fetching import save_source
from filo.operational.prices.services.rates import import_rates, set_rate
from filo.operational.prices.setting_forms import CapForm, RateForm, SourceForm

SHOWN = 40


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Both."""
    request.principal.require("settings", "view")
    return _page(request)


def _page(request: StaffRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    names = {one.code: str(one) for one in Role.objects.all()}
    caps = [(names.get(one.role, one.role), one) for one in DiscountCap.objects.select_related("company", "line")]
    rates = ExchangeRate.objects.order_by("-day", "currency")[:SHOWN]
    source = RateSource.objects.first()
    forms = {"rate_form": RateForm(), "source_form": SourceForm(initial={"url": source.url if source else ""})}
    context = {"caps": caps, "rates": rates, "source": source, "source_version": _source_version(), **forms, **more}
    return render(request, "prices/settings.html", context, status=status)


def _source_version() -> int:
    source = RateSource.objects.first()
    return version_of(source.url if source else "")


@require_http_methods(["GET", "POST"])
def new_cap(request: StaffRequest) -> HttpResponse:
    """One more cap."""
    request.principal.require("settings", "edit")
    return _cap(request, None)


@require_http_methods(["GET", "POST"])
def edit_cap(request: StaffRequest, cap_id: UUID) -> HttpResponse:
    """Another percentage."""
    request.principal.require("settings", "edit")
    return _cap(request, seen_cap(cap_id))


def _cap(request: StaffRequest, found: DiscountCap | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in CapForm.base_fields} if found else None
    form = CapForm(request.POST or None, initial=initial)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            save_cap(request.principal, found, form.cleaned_data, version=version)
            messages.success(request, _("Saved."))
            return redirect("prices:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "found": found, "version": version}
    return render(request, "prices/cap.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: StaffRequest, cap_id: UUID) -> HttpResponse:
    """The role may give what it likes."""
    remove_cap(request.principal, seen_cap(cap_id))
    messages.success(request, _("Removed."))
    return redirect("prices:settings")


@require_POST
def rates(request: StaffRequest) -> HttpResponse:
    """A file of rates as the European Central Bank publishes it."""
    request.principal.require("settings", "edit")
    file = request.FILES.get("file")
    if file is None:
        return _page(request, status=422, file_wrong=_("Choose a file first."))
    try:
        found = import_rates(request.principal, file.read())
    except InvalidFields as error:
        return _page(request, status=422, file_wrong=next(iter(error.fields.values()))[0])
    told = {"created": found.created, "changed": found.changed, "unchanged": found.unchanged}
    messages.success(request, _("%(created)s rates are new, %(changed)s changed, %(unchanged)s were there.") % told)
    return redirect("prices:settings")


@require_POST
def rate(request: StaffRequest) -> HttpResponse:
    """One rate by hand."""
    request.principal.require("settings", "edit")
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            set_rate(request.principal, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("prices:settings")
        except InvalidFields as error:
            form.refuse(error)
    return _page(request, status=422, rate_form=form)


@require_POST
def source(request: StaffRequest) -> HttpResponse:
    """Where rates are fetched from each day; with `do=try` they are fetched at once."""
    request.principal.require("settings", "edit")
    form, version = SourceForm(request.POST), version_read(request, _source_version())
    if form.is_valid():
        try:
            url, at_once = form.cleaned_data["url"], "try" in request.POST
            save_source(request.principal, url, at_once=at_once, version=version)
            messages.success(request, _("Saved."))
            return redirect("prices:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    return _page(request, status=422, source_form=form, source_version=version)
