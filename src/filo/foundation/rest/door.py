"""The way every request of the API takes: language, caller, limits, declared parameters, idempotency, answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from filo.foundation.errors import BadRequest, NotFound
from filo.foundation.rest import idempotency, limits
from filo.foundation.rest.auth import Caller, caller_of
from filo.foundation.rest.bodies import refuse_unkeepable
from filo.foundation.rest.errors import MethodNotAllowed, Unauthenticated
from filo.foundation.rest.problems import answer_problem, problem
from filo.foundation.web.requests import client_ip

View = Callable[..., HttpResponse]


def guarded(view: View, declared: Mapping[str, frozenset[str]] | None) -> View:
    """An endpoint behind the door; `declared` are its query parameters for each method (None: any).

    Days are those of the caller, as on his pages; moments are told in UTC.
    """

    def enter(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            caller = caller_of(request)
        except Exception as error:  # the tokens lie in the database, which may be away
            return answer_problem(request, error)
        allowance = limits.count_token(caller.key) if caller else limits.count_anonymous(client_ip(request))
        try:
            allowance.require()
            if caller is None:
                raise Unauthenticated
            request.principal = caller.principal  # type: ignore[attr-defined]
            if declared is not None:
                _refuse_undeclared(request, declared.get(request.method or "", frozenset()))
            with timezone.override(ZoneInfo(caller.principal.time_zone)):
                response = _answered(request, caller, view, path)
            if response.status_code == 405:
                raise MethodNotAllowed(response["Allow"])
        except Exception as error:  # whatever it is, the answer is a problem document
            response = answer_problem(request, error)
        allowance.write_on(response)
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ("Authorization",))
        return response

    return spoken(enter)


def _answered(request: HttpRequest, caller: Caller, view: View, path: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and "Idempotency-Key" in request.headers:
        return idempotency.once(request, caller.key, lambda: view(request, **path))
    return view(request, **path)


def spoken(view: View) -> View:
    """Answers in the language that is asked for (English if none is)."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **path: Any) -> HttpResponse:
        language = language_asked(request)
        with translation.override(language):
            response = view(request, **path)
        response["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return answer


def language_asked(request: HttpRequest) -> str:
    """The first language of Accept-Language that we speak; `en` without the header."""
    known = dict(settings.LANGUAGES)
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if (code := wanted.split("-")[0]) in known:
            return code
    return "en"


def nothing_here(request: HttpRequest, **_path: Any) -> HttpResponse:
    """An address that the API does not have."""
    return problem(request, NotFound())


def _refuse_undeclared(request: HttpRequest, declared: frozenset[str]) -> None:
    refuse_unkeepable(dict(request.GET.lists()))
    unknown = sorted(set(request.GET) - declared)
    if unknown:
        names = ", ".join(name[:40] for name in unknown[:10])
        raise BadRequest(_("There is no parameter “%(names)s” here.") % {"names": names}, code="unknown-parameter")
