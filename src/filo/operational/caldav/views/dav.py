"""The door of programs: WebDAV with what CalDAV needs of it. Each comes with an e-mail and a password of its own."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from filo.foundation.accounts.models import User
from filo.foundation.errors import BadRequest, DomainError, Forbidden, InvalidFields, NotFound, TooMany
from filo.foundation.rest import limits
from filo.foundation.rest.auth import Caller
from filo.foundation.rest.errors import MethodNotAllowed, Unexpected
from filo.foundation.rest.problems import refusal_of
from filo.foundation.web.outages import Unavailable
from filo.foundation.web.requests import client_ip, public
from filo.operational.caldav.access import program_of
from filo.operational.caldav.errors import NotByDepth, OnlyRead, TooLong
from filo.operational.caldav.icalendar.reading import read_wanted
from filo.operational.caldav.places import APPOINTMENTS, ROOT, place_at
from filo.operational.caldav.properties import LARGEST, Known, children, names, response
from filo.operational.caldav.queries import Listed, listed
from filo.operational.caldav.reports import asked_properties, below, object_at, report
from filo.operational.caldav.services import Match, drop_appointment, keep_appointment
from filo.operational.caldav.xml import dav as of_dav
from filo.operational.caldav.xml import error_document, multistatus, read_xml, refused

log = logging.getLogger("filo.dav")
BODY_LIMIT = 1024 * 1024
XML = "application/xml; charset=utf-8"
Handler = Callable[[HttpRequest, Known], HttpResponse]


@public
@csrf_exempt
def well_known(request: HttpRequest) -> HttpResponse:
    """Where programs look first (RFC 6764)."""
    return HttpResponsePermanentRedirect(ROOT)


@public
@csrf_exempt
def dav(request: HttpRequest, path: str = "") -> HttpResponse:
    """Whatever a program asks, once it said whose it is."""
    try:
        found = _program(request)
    except Exception as error:  # passwords lie in the database, which may be away
        return _refusal(request, error)
    if found is None:
        return _who_are_you(request)
    caller, person = found
    request.principal = caller.principal  # type: ignore[attr-defined]
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        try:
            limits.count_token(caller.key).require()
            answer = _answer(request, caller, person)
        except Exception as error:  # whatever it is, the answer is one that programs understand
            answer = _refusal(request, error)
    answer["DAV"] = "1, 3, calendar-access"
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ("Authorization",))
    return answer


def _program(request: HttpRequest) -> tuple[Caller, User] | None:
    scheme, _space, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or len(told) > 1000:
        return None
    try:
        email, _colon, password = base64.b64decode(told.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return program_of(email, password.strip()) if "\x00" not in email else None


def _who_are_you(request: HttpRequest) -> HttpResponse:
    """Nobody tries passwords by the thousand; programs that begin ask once without one."""
    allowance = limits.count_anonymous(client_ip(request))
    if allowance.exceeded:
        return _refusal(request, TooMany(retry_after=allowance.reset))
    answer = HttpResponse(status=401)
    answer["WWW-Authenticate"] = 'Basic realm="Filo", charset="UTF-8"'
    return answer


def _answer(request: HttpRequest, caller: Caller, person: User) -> HttpResponse:
    caller.principal.require("task", "view")
    handler = _HANDLERS.get(request.method or "")
    if handler is None:
        raise MethodNotAllowed(", ".join(_HANDLERS))
    if "\x00" in request.path:
        raise BadRequest
    return handler(request, Known(caller.principal, person.email, place_at(caller.principal, request.path)))


def _body(request: HttpRequest, limit: int = BODY_LIMIT) -> bytes:
    body = request.read(limit + 1)
    if len(body) > limit:
        raise TooLong
    return body


def _options(_request: HttpRequest, _known: Known) -> HttpResponse:
    answer = HttpResponse()
    answer["Allow"] = ", ".join(_HANDLERS)
    return answer


def _propfind(request: HttpRequest, known: Known) -> HttpResponse:
    depth = request.headers.get("Depth", "infinity").strip().lower()
    if depth not in ("0", "1"):
        raise NotByDepth
    root = read_xml(_body(request))
    found = [_with_etag(known)]
    if depth == "1":
        found += [replace(known, place=place) for place in children(known)]
        found += below(known) if known.place.kind == "calendar" else []
    if root is not None and root.find(of_dav("propname")) is not None:
        return _many(multistatus(names(one) for one in found))
    asked = asked_properties(root)
    return _many(multistatus(response(one, asked) for one in found))


def _with_etag(known: Known) -> Known:
    if known.place.kind != "object":
        return known
    found = listed(known.principal, known.place.calendar, [known.place.name])
    if not found:
        raise NotFound
    return replace(known, listed=found[0])


def _proppatch(request: HttpRequest, known: Known) -> HttpResponse:
    """Names and colours are the program's own affair: none is kept, and it is told so."""
    root = read_xml(_body(request))
    wanted = [] if root is None else [one for part in root for props in part for one in props]
    named = [str(one.tag) for one in wanted]
    return _many(multistatus([refused(_with_etag(known).place.href, named[:100])]))


def _report(request: HttpRequest, known: Known) -> HttpResponse:
    return _many(report(known, read_xml(_body(request))))


def _get(_request: HttpRequest, known: Known) -> HttpResponse:
    if known.place.kind != "object":
        return HttpResponse("Filo: CalDAV", content_type="text/plain; charset=utf-8")
    found: Listed = object_at(known)
    answer = HttpResponse(found.text, content_type="text/calendar; charset=utf-8; component=vevent")
    answer["ETag"] = found.etag
    return answer


def _put(request: HttpRequest, known: Known) -> HttpResponse:
    """No ETag with the answer: what is kept is not letter by letter what came, and is to be read again."""
    _require_writable(known)
    if len(known.place.name) > 255 or not known.place.name.isprintable():
        raise Forbidden
    wanted = read_wanted(_body(request, LARGEST), ZoneInfo(known.principal.time_zone))
    new = keep_appointment(known.principal, known.place.name, wanted, match=_match(request))
    return HttpResponse(status=201 if new else 204)


def _delete(request: HttpRequest, known: Known) -> HttpResponse:
    _require_writable(known)
    drop_appointment(known.principal, known.place.name, match=_match(request))
    return HttpResponse(status=204)


def _require_writable(known: Known) -> None:
    if known.place.kind != "object":
        raise Forbidden
    if known.place.calendar != APPOINTMENTS:
        raise OnlyRead


def _match(request: HttpRequest) -> Match:
    wanted = request.headers.get("If-Match")
    known = None if wanted is None else frozenset(parse_etags(wanted))
    return Match(known, nothing=request.headers.get("If-None-Match", "").strip() == "*")


def _many(body: bytes) -> HttpResponse:
    return HttpResponse(body, status=207, content_type=XML)


def _refusal(request: HttpRequest, error: Exception) -> HttpResponse:
    found = refusal_of(error)
    if isinstance(found, Unexpected):
        log.error("request %s failed", getattr(request, "request_id", ""), exc_info=error)
    if isinstance(found, InvalidFields):
        sentences = " ".join(str(told) for every in found.fields.values() for told in every)
        found = DomainError(sentences)
        found.status = 403
    answer = HttpResponse(error_document(found), status=found.status, content_type=XML)
    if isinstance(found, TooMany | Unavailable):
        answer["Retry-After"] = str(found.retry_after)
    if isinstance(found, MethodNotAllowed):
        answer["Allow"] = found.allowed
    return answer


_HANDLERS: dict[str, Handler] = {
    "OPTIONS": _options,
    "GET": _get,
    "HEAD": _get,
    "PUT": _put,
    "DELETE": _delete,
    "PROPFIND": _propfind,
    "PROPPATCH": _proppatch,
    "REPORT": _report,
}
