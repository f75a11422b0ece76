"""*Health* for owners, and the public page that says whether each part works."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from filo.foundation.health.checks.processes import row
from filo.foundation.health.checkup import check_all, risks, verdict
from filo.foundation.health.queries import in_order, processes
from filo.foundation.health.standing import parts_that_work
from filo.foundation.web.requests import StaffRequest, public, wants_fragment

LABELS = {
    "pages": _("Pages of the staff"),
    "api": _("Connections with other programs"),
    "work": _("Work in the background"),
    "mail": _("Mail"),
}


@require_GET
def health(request: StaffRequest) -> HttpResponse:
    """How the house stands now; looked at again when a process or work changes, or one comes back to the page."""
    request.principal.require("settings", "view")
    found, beats = check_all(), processes()
    variables = {
        "found": found,
        "verdict": verdict(found),
        "risks": risks(),
        "processes": [row(beat) for beat in in_order(beats.listed())],
        "at": timezone.now(),
    }
    return render(request, "health/_now.html" if wants_fragment(request) else "health/health.html", variables)


@public
@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Without a session, a form or a figure, so that anybody's cache may keep it for ten seconds."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    found = parts_that_work()
    with translation.override(language):
        parts = [(LABELS[name], works) for name, works in found.items()]
        variables = {"parts": parts, "all_work": all(found.values()), "at": timezone.now(), "path": request.path}
        page = render_to_string("health/status.html", variables)
    response = HttpResponse(page)
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=10"
    return response
