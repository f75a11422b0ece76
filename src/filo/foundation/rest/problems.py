"""Refusals as problem documents (RFC 9457): a code for programs, a sentence for people, what is wrong per field."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja.errors import HttpError
from ninja.errors import ValidationError as WrongShape

from filo.foundation.errors import (
    BadRequest,
    DomainError,
    Forbidden,
    InvalidFields,
    NotFound,
    Stale,
    TooMany,
)
from filo.foundation.rest.answers import as_json
from filo.foundation.rest.errors import MethodNotAllowed, ScopeMissing, TooLarge, Unauthenticated, Unexpected
from filo.foundation.rest.sentences import sentences_of
from filo.foundation.web.outages import Unavailable, outage_of

logger = logging.getLogger("filo.rest")
MEDIA_TYPE = "application/problem+json"


def problem(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer that tells a refusal, in the active language."""
    document = problem_document(error)
    document["request_id"] = getattr(request, "request_id", "")
    response = HttpResponse(as_json(document), status=error.status, content_type=MEDIA_TYPE)
    if isinstance(error, Unauthenticated):
        response["WWW-Authenticate"] = 'Bearer realm="Filo"'
    if isinstance(error, TooMany | Unavailable):
        response["Retry-After"] = str(error.retry_after)
    if isinstance(error, MethodNotAllowed):
        response["Allow"] = error.allowed
    return response


def problem_document(error: DomainError) -> dict[str, Any]:
    """The members of the document. `title` is the same for every problem of a kind, `detail` tells this one."""
    document: dict[str, Any] = {
        "type": f"urn:filo:problem:{error.code}",
        "title": str(type(error).sentence),
        "status": error.status,
        "detail": str(error.sentence),
        "code": error.code,
    }
    if isinstance(error, InvalidFields):
        document["fields"] = {name: [str(part) for part in told] for name, told in error.fields.items()}
    if isinstance(error, Stale):
        pairs = error.differing.items()
        document["differing"] = {name: {"theirs": theirs, "yours": yours} for name, (theirs, yours) in pairs}
        document["version"], document["etag"] = error.version, f'"{error.version}"'
    if isinstance(error, ScopeMissing):
        document["scope"] = error.scope
    return document


def refusal_of(error: Exception) -> DomainError:
    """What an exception means to the caller; anything unforeseen is `Unexpected` and tells nothing."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, WrongShape):
        return InvalidFields({name: list(told) for name, told in sentences_of(error.errors).items()})
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, HttpError):
        return _of_ninja(error)
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return BadRequest()
    return outage_of(error) or Unexpected()


def _of_ninja(error: HttpError) -> DomainError:
    if isinstance(error.__cause__, DomainError):
        return error.__cause__
    known: dict[int, type[DomainError]] = {400: BadRequest, 401: Unauthenticated, 403: Forbidden, 404: NotFound}
    return known.get(error.status_code, Unexpected)()


def answer_problem(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Any exception as a problem document; what was not foreseen goes to the log with the request's id."""
    error = error() if isinstance(error, type) else error
    refusal = refusal_of(error)
    if isinstance(refusal, Unexpected):
        logger.error("request %s failed", getattr(request, "request_id", ""), exc_info=error)
    elif isinstance(refusal, Unavailable):
        logger.warning("request %s: %s (%s)", getattr(request, "request_id", ""), refusal.code, type(error).__name__)
    return problem(request, refusal)
