"""What happens around every request: an id, the language, and errors in one place."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from filo.foundation.errors import BadRequest, DomainError
from filo.foundation.ids import uuid7
from filo.foundation.web.cause import caused_by
from filo.foundation.web.errors import error_page

Handler = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: Handler) -> Handler:
    """Gives each request an id that the answer carries, logs name, and jobs and events keep."""

    def handle(request: HttpRequest) -> HttpResponse:
        made = uuid7()
        request.request_id = str(made)  # type: ignore[attr-defined]
        with caused_by(made):
            response = get_response(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response

    return handle


def language(get_response: Handler) -> Handler:
    """The person's own language, else the one chosen by cookie, else what the browser asks for."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        chosen = getattr(user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.path.startswith("/api/") or chosen not in dict(settings.LANGUAGES):
            chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", chosen)
        return response

    return handle


def patient_forms(get_response: Handler) -> Handler:
    """A script that sends a form (patient.js) cannot see where a redirect leads: it is told in words."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "X-Filo-Patient" not in request.headers:
            return response
        onward = response.get("Location") or response.get("Refresh", "").partition("url=")[2]
        if not onward:
            return response
        told = JsonResponse({"to": onward})
        told.cookies = response.cookies
        return told

    return handle


def refuse_nul(get_response: Handler) -> Handler:
    """A NUL character is in no text that people write, and no database keeps it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            texts = [request.path, *_values(request.GET), *_values(request.POST)]
            if any("\x00" in text for text in texts):
                return error_page(request, BadRequest())
        return get_response(request)

    return handle


def _values(found: QueryDict) -> list[str]:
    return [text for name, values in found.lists() for text in (name, *values)]


class domain_errors(MiddlewareMixin):  # noqa: N801  (named like its neighbours in the settings)
    """Turns what verbs refuse into a page with a sentence."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError) and not request.path.startswith("/api/"):
            return error_page(request, exception)
        return None
