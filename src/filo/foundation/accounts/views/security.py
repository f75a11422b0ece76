"""What happened at the door, for administrators."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.accounts.people import security_page
from filo.foundation.accounts.words import SECURITY_WORDS
from filo.foundation.web.requests import StaffRequest


@require_GET
def security(request: StaffRequest) -> HttpResponse:
    """Sign-ins, refusals, closings, tokens and looks through other eyes, newest first."""
    page = security_page(request.principal, cursor=request.GET.get("cursor", ""))
    rows = [(event, *SECURITY_WORDS.get(event.kind, (event.kind, "info", ""))) for event in page.rows]
    return render(request, "accounts/security.html", {"page": page, "rows": rows})
