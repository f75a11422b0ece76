"""Measures every request: how long it took, what of that the database; and tells it in one line of the log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from filo.foundation.health.logs import about
from filo.foundation.health.measuring import Measure
from filo.foundation.health.meters import count_request
from filo.foundation.web.requests import principal_in

log = logging.getLogger("filo.request")
Handler = Callable[[HttpRequest], HttpResponse]
# What the watchers themselves ask is not the house's work.
UNCOUNTED = frozenset({"/healthz", "/readyz", "/metrics"})


def measured(get_response: Handler) -> Handler:
    """Around everything else that a request goes through; static files never come here."""

    def handle(request: HttpRequest) -> HttpResponse:
        measure = Measure()
        with about(request_id=getattr(request, "request_id", "")), connection.execute_wrapper(measure):
            response = get_response(request)
            if request.path not in UNCOUNTED:
                _note(request, response, measure)
        return response

    return handle


def _note(request: HttpRequest, response: HttpResponse, measure: Measure) -> None:
    seconds, route, method = measure.elapsed, route_of(request), request.method or ""
    if settings.SERVER_TIMING:
        response["Server-Timing"] = _timing(seconds, measure)
    count_request(route, method, response.status_code, seconds=seconds, queries=measure.queries)
    level = logging.WARNING if response.status_code >= 500 else logging.INFO
    if log.isEnabledFor(level):
        _tell(level, request, response.status_code, route, seconds, measure.queries)


def route_of(request: HttpRequest) -> str:
    """The name of the address that was found; what a person typed is in no figure and no log."""
    match = request.resolver_match
    return (match.view_name or match.route or "none") if match is not None else "none"


def _tell(level: int, request: HttpRequest, status: int, route: str, seconds: float, queries: int) -> None:
    principal = principal_in(request)
    facts = {
        "method": request.method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "queries": queries,
        "user": str(principal.user_id) if principal and principal.user_id else None,
    }
    told = "%s %s %d in %.1f ms with %d queries"
    log.log(level, told, request.method, route, status, seconds * 1000, queries, extra=facts)


def _timing(seconds: float, measure: Measure) -> str:
    database = f'db;dur={measure.seconds * 1000:.2f};desc="{measure.queries} queries"'
    return f"app;dur={seconds * 1000:.2f}, {database}"
