"""Fiscal data of the companies that sell."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.italy.tax import has_wrong_check_digit
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.invoices.forms import CompanyForm
from filo.operational.invoices.frozen import fiscal_of
from filo.operational.invoices.models import CompanyFiscal
from filo.operational.invoices.services import save_fiscal
from filo.operational.invoices.services.company import FIELDS


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All companies, and what is missing."""
    request.principal.require("settings", "view")
    known = {one.company_id: one for one in CompanyFiscal.objects.all()}
    rows = SellingCompany.objects.all()
    companies = [(company, known.get(company.id), has_wrong_check_digit(company.vat_number)) for company in rows]
    return render(request, "invoices/settings.html", {"companies": companies})


@require_http_methods(["GET", "POST"])
def company(request: StaffRequest, company_id: UUID) -> HttpResponse:
    """One of them."""
    request.principal.require("settings", "edit")
    found = SellingCompany.objects.filter(pk=company_id).first()
    if found is None:
        raise NotFound
    fiscal = fiscal_of(found)
    initial = {name: getattr(fiscal, name) for name in FIELDS if name in CompanyForm.base_fields}
    form, version = CompanyForm(request.POST or None, initial=initial), version_read(request, fiscal.version)
    if request.method == "POST" and form.is_valid():
        try:
            save_fiscal(request.principal, found, form.cleaned_data, version=version)
            messages.success(request, _("Saved."))
            return redirect("invoices:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "company": found, "version": version}
    return render(request, "invoices/company.html", context, status=422 if form.errors else 200)
