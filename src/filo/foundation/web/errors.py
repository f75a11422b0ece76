"""Errors as pages: a code, a sentence, and a way on."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError, Forbidden, NotFound, TooMany
from filo.foundation.web.outages import Unavailable, outage_of
from filo.foundation.web.requests import public, wants_fragment


def error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page (or, for htmx, the toast) that tells a refusal."""
    if wants_fragment(request):
        response = render(request, "web/_toast.html", {"sentence": error.sentence, "mean": "bad"}, status=error.status)
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        return response
    response = render(
        request, "web/error.html", {"error": error, "closed": _is_closed(request, error)}, status=error.status
    )
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


def _is_closed(request: HttpRequest, error: DomainError) -> bool:
    """Whether a page was asked for that is not for this person: nothing was to be changed, and nothing is seen."""
    return isinstance(error, Forbidden) and request.method == "GET" and str(error) == str(Forbidden.sentence)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, NotFound())


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, Forbidden())


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    error = DomainError(_("This request cannot be understood."), code="unreadable")
    error.status = 400
    return error_page(request, error)


@public
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    error = DomainError(
        _("This page had been open for too long. Load it again: what you typed is still there."),
        code="stale-page",
    )
    error.status = 403
    return error_page(request, error)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Without the database and without the shell: both may be what failed."""
    with translation.override(translation.get_language_from_request(request)):
        outage = outage_of(sys.exc_info()[1])  # Django calls this while it handles the failure
        if outage is not None:
            return outage_page(request, outage)
        values = {"request_id": getattr(request, "request_id", ""), "language": translation.get_language()}
        return HttpResponse(render_to_string("web/500.html", values), status=500)


def outage_page(request: HttpRequest, outage: Unavailable) -> HttpResponse:
    """That disk or database is away: a page of its own, or for htmx the toast, made without either."""
    values = {"sentence": outage.sentence, "mean": "bad", "language": translation.get_language()}
    if wants_fragment(request):
        response = HttpResponse(render_to_string("web/_toast.html", values), status=outage.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    else:
        response = HttpResponse(render_to_string("web/outage.html", values), status=outage.status)
    response["Retry-After"] = str(outage.retry_after)
    return response
