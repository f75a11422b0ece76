"""How a company shows itself on papers and public pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.errors import NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.organisation.forms import LookForm
from filo.foundation.organisation.look import TEXTS, save_look
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.foundation.organisation.queries import row_named
from filo.foundation.web.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def look(request: StaffRequest, company_id: UUID) -> HttpResponse:
    """Address, colour, logo, foot line."""
    request.principal.require("settings", "view" if request.method == "GET" else "edit")
    company = row_named(SellingCompany, company_id)
    found = CompanyLook.objects.filter(company=company).first() or CompanyLook(company=company)
    form = LookForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(found, name) for name in (*TEXTS, "version")},
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in TEXTS}
        file, version = form.cleaned_data["logo"], form.cleaned_data["version"] or 1
        more = {"logo": file.read() if file else None, "without_logo": form.cleaned_data["without_logo"]}
        if form.done(lambda: save_look(request.principal, company, facts, version=version, **more)):
            messages.success(request, _("Saved."))
            return redirect("organisation:look", company_id)
    context = {"form": form, "company": company, "look": found}
    return render(request, "organisation/look.html", context, status=form.status)


@require_GET
def logo(request: StaffRequest, company_id: UUID) -> FileResponse:
    """The picture itself."""
    found = CompanyLook.objects.select_related("logo").filter(company=company_id).exclude(logo=None).first()
    if found is None or found.logo is None:
        raise NotFound
    return answer_file(found.logo, inline=True)
