"""The first page of the settings: what can be set, in sections."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.errors import Forbidden
from filo.foundation.organisation.policies import finds_settings
from filo.foundation.organisation.sections import sections
from filo.foundation.web.requests import StaffRequest


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Links to what this person may look after."""
    if not finds_settings(request.principal):
        raise Forbidden
    return render(request, "organisation/settings.html", {"sections": sections(request.principal)})
