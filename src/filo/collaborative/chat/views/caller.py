"""Who calls from the customer's side: the visitor of the frame, by his cookie or by the key of a frame elsewhere.

The calls carry no token of a form, since frames on other sites have none: a key in a header can only be sent by who
holds it, and with the cookie alone the page has to be ours.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.queries.talk import chat_of
from filo.collaborative.visitors.door import HEADER, visiting, visitor_in
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.push import handshake
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public

CALLS = (600, 60)  # times, within seconds, from one address
View = Callable[..., HttpResponseBase]


def called(view: View) -> View:
    """A public call that answers in JSON; foreign pages without a key, and floods, are refused before anything."""

    @csrf_exempt
    @public
    @visiting
    @wraps(view)
    def handle(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "POST" and not (request.headers.get(HEADER) or _is_ours(request)):
            return JsonResponse({"problem": _("This page is not one of ours.")}, status=403)
        if not may_once_more(request, "chat.call", CALLS):
            answer = JsonResponse({"problem": _("Too many at once. Wait a moment and try again.")}, status=429)
            answer["Retry-After"] = "10"
            return answer
        try:
            return view(request, *arguments, **named)
        except InvalidFields as error:
            told = {name: str(sentences[0]) for name, sentences in error.fields.items()}
            return JsonResponse({"problems": told}, status=422)
        except DomainError as error:
            return JsonResponse({"problem": str(error), "code": error.code}, status=error.status)

    return handle


def his_chat(request: HttpRequest) -> Chat | None:
    """The chat of who calls, or his last one."""
    return chat_of(visitor_in(request))


def _is_ours(request: HttpRequest) -> bool:
    named = (("origin", request.headers.get("Origin", "")), ("host", request.get_host()))
    return handshake.origin_is_ours([(name.encode(), value.encode()) for name, value in named if value])
