"""Carriers, and how soon goods are promised, in the settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.orders.forms import CarrierForm, PromiseForm
from filo.operational.orders.models import Carrier
from filo.operational.orders.queries.promising import promised_days, promises_of
from filo.operational.orders.services.settings import keep_carrier, keep_promise


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that is set up about orders."""
    request.principal.require("settings", "view")
    companies = [(company, promised_days(company.pk)) for company in SellingCompany.objects.all()]
    return render(request, "orders/settings.html", {"carriers": Carrier.objects.all(), "companies": companies})


@require_http_methods(["GET", "POST"])
def new_carrier(request: StaffRequest) -> HttpResponse:
    """One more."""
    return _carrier(request, None)


@require_http_methods(["GET", "POST"])
def carrier(request: StaffRequest, carrier_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("settings", "edit")
    found = Carrier.objects.filter(pk=carrier_id).first()
    if found is None:
        raise NotFound
    return _carrier(request, found)


def _carrier(request: StaffRequest, found: Carrier | None) -> HttpResponse:
    request.principal.require("settings", "edit")
    initial = {name: getattr(found, name) for name in CarrierForm.base_fields} if found else None
    form = CarrierForm(request.POST or None, initial=initial)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_carrier(request.principal, found, **form.cleaned_data, version=version)
            messages.success(request, _("Saved."))
            return redirect("orders:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    return _page(request, form, head=found.name if found else _("New carrier"), version=version)


@require_http_methods(["GET", "POST"])
def promise(request: StaffRequest, company_id: UUID) -> HttpResponse:
    """How soon goods of a company arrive."""
    request.principal.require("settings", "edit")
    company = SellingCompany.objects.filter(pk=company_id).first()
    if company is None:
        raise NotFound
    said = promises_of([company])[0]
    form, version = PromiseForm(request.POST or None, initial={"days": said.days}), version_read(request, said.version)
    if request.method == "POST" and form.is_valid():
        try:
            keep_promise(request.principal, company, days=form.cleaned_data["days"], version=version)
            messages.success(request, _("Saved."))
            return redirect("orders:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    return _page(request, form, head=company.name, version=version)


def _page(request: StaffRequest, form: FiloForm, **context: Any) -> HttpResponse:
    return render(request, "orders/setting.html", {"form": form, **context}, status=422 if form.errors else 200)
