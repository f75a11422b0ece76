"""Liveness, readiness and figures, for programs that watch."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from filo.foundation.errors import NotFound
from filo.foundation.health.exposition import CONTENT_TYPE, exposition
from filo.foundation.health.standing import readiness
from filo.foundation.rest.auth import caller_of
from filo.foundation.web.requests import client_ip, public

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via")


@public
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, and somebody does the work."""
    found = readiness()
    body = {"database": found.database, "jobs": found.jobs}
    return JsonResponse(body, status=200 if found.is_ready else 503)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """To a watcher in the house, or one with a token that may read figures; others find nothing here."""
    if not _is_in_the_house(request):
        if "Authorization" not in request.headers:
            raise NotFound
        caller = caller_of(request)
        if caller is None or not caller.principal.may("metrics", "view"):
            return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _is_in_the_house(request: HttpRequest) -> bool:
    """Asked from a private address, directly or through a proxy that is trusted to say from where."""
    through_ours = request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES
    if not through_ours and any(name in request.headers for name in FORWARDED):
        return False
    if through_ours and "X-Forwarded-For" not in request.headers:
        return False
    try:
        asks = ip_address(client_ip(request))
    except ValueError:
        return False
    return asks.is_loopback or asks.is_private
