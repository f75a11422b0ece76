"""A POST sent twice with one key happens once: its change and its answer are kept in one transaction."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import CharField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.bulk import insert
from filo.foundation.errors import BadRequest
from filo.foundation.prepared import Prepared, asked
from filo.foundation.rest.answers import as_json
from filo.foundation.rest.errors import InProgress, KeyReused
from filo.foundation.rest.models import IdempotencyRecord

KEPT_FOR = timedelta(hours=72)
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Content-Language")
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")

View = Callable[[], HttpResponse]


class _Refused(Exception):
    """Carries a refusal out of the savepoint, so that what was changed before it is taken back."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def once(request: HttpRequest, principal: str, view: View) -> HttpResponse:
    """The answer of `view`, or the one it gave before to the same request with the same key.

    Raises `BadRequest` for an unusable key, `KeyReused` when the request is another one, `InProgress` when
    the first is still at work.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise BadRequest(_("An idempotency key has 1 to 255 printable characters."), code="bad-idempotency-key")
    digest = _digest(request)
    try:
        # Only here a door opens a transaction: the change and the record of its answer must be kept together,
        # or a crash between the two would let a repeated request happen twice.
        with transaction.atomic():
            return _once(request, principal, key, digest, view)
    except _Refused as broken:
        return broken.response
    except IntegrityError:
        raise InProgress from None


def _once(request: HttpRequest, principal: str, key: str, digest: str, view: View) -> HttpResponse:
    _claim(principal, key)
    kept = _KEPT.first(principal=principal, key=key)
    if kept and kept.created_at < clock.now() - KEPT_FOR:
        kept.delete()
        kept = None
    if kept:
        return _again(kept, digest)
    response = _tried(view)
    record = IdempotencyRecord(
        principal=principal,
        key=key,
        method=request.method or "",
        path=request.path[:400],
        request_digest=digest,
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        body=_body_to_keep(response),
        created_at=clock.now(),
    )
    insert(IdempotencyRecord, [record])
    return response


def _body_to_keep(response: HttpResponse) -> str:
    """The body without what is told once only; a sentence stands for it."""
    secrets = getattr(response, "told_once", ())
    if not secrets:
        return response.content.decode()
    sentence = _("What is secret was told in the first answer only. If it was lost, have a new one made.")
    return as_json({**json.loads(response.content), **dict.fromkeys(secrets), "detail": sentence}).decode()


_KEPT = Prepared(
    lambda: IdempotencyRecord.objects.filter(principal=asked("principal", CharField()), key=asked("key", CharField()))
)


def _claim(principal: str, key: str) -> None:
    """On PostgreSQL a lock of the transaction tells at once that the first is at work; SQLite has one writer,
    so there the second simply waits and then finds the record."""
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(f"{principal}\n{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise InProgress


def _tried(view: View) -> HttpResponse:
    """The answer; a refusal takes its changes back and is kept, a failure takes everything back."""
    try:
        with transaction.atomic():
            response = view()
            if response.status_code >= 400:
                raise _Refused(response)
    except _Refused as refused:
        if refused.response.status_code >= 500:
            raise
        return refused.response
    return response


def _again(kept: IdempotencyRecord, digest: str) -> HttpResponse:
    if kept.request_digest != digest:
        raise KeyReused
    response = HttpResponse(kept.body.encode(), status=kept.status, headers=kept.headers)
    response["Idempotent-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    """What makes two requests the same: method, address and body."""
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(head + request.body).hexdigest()


def forget_old_records() -> int:
    """Delete the records that no request can ask for any more; gives how many. For a daily job."""
    deleted, _by_model = IdempotencyRecord.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()
    return deleted
