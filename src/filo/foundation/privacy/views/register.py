"""The register of personal data: the record of processing, to read, to print, to hand on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.organisation.models import Firm
from filo.foundation.privacy.register import csv_lines, register_rows
from filo.foundation.web.requests import StaffRequest


@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """What is held about people, whose, why, and for how long."""
    request.principal.require("privacy", "view")
    context = {"rows": register_rows(request.principal), "firm": Firm.objects.first(), "today": clock.today()}
    return render(request, "privacy/register.html", context)


@require_GET
def as_csv(request: StaffRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    request.principal.require("privacy", "view")
    text = "".join(csv_lines(register_rows(request.principal)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="personal-data-{clock.today():%Y-%m-%d}.csv"'
    return response
