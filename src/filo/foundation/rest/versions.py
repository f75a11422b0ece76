"""Versions over HTTP: an ETag on what can change, If-Match against lost updates, 304 for what is known.

An ETag is `"VERSION-DIGEST"`: the version guards writing; the digest of the answer tells a reader that something
shown with it (a relationship, an owner's name) changed although its own facts did not. `If-Match` looks at the
version alone, and takes it bare (`"3"`) too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from filo.foundation.errors import BadRequest, Stale
from filo.foundation.rest.answers import answer

_TAG = re.compile(r'(?:W/)?"(\d{1,9})(?:-[0-9a-f]{1,32})?"')


def versioned(
    request: HttpRequest,
    found: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer with the ETag of its `version`; 304 when the reader of a GET has it already."""
    response = answer(found, status=status, headers=headers)
    tag = f'"{found["version"]}-{blake2b(response.content, digest_size=6).hexdigest()}"'
    if request.method == "GET" and tag in _listed(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    response["ETag"] = tag
    return response


def _listed(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def version_to_write(request: HttpRequest, current: int) -> int | None:
    """The version the writer had read, for the verb to compare under its lock; None to write over any.

    Raises `BadRequest` for an If-Match that is no list of ETags.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    tags = [_TAG.fullmatch(tag.strip()) for tag in header.split(",")]
    versions = [int(tag[1]) for tag in tags if tag]
    if len(versions) != len(tags):
        raise BadRequest(_("If-Match is no ETag of this API."), code="bad-if-match")
    return current if current in versions else versions[0]


def refuse_stale(request: HttpRequest, current: int) -> None:
    """For verbs that take no version (a deletion): raises `Stale` when If-Match names another one."""
    wanted = version_to_write(request, current)
    if wanted is not None and wanted != current:
        raise Stale({}, version=current)


def stale(found: Mapping[str, Any], sent: Mapping[str, Any], error: Stale) -> Stale:
    """The same refusal in the names of the API: what is there now beside what was sent."""
    differing = {name: (found.get(name), value) for name, value in sent.items() if found.get(name) != value}
    return Stale(differing, version=error.version)
