"""The sandbox keeps what it answered to each Idempotency-Key, as Stripe documents it: the same request has the same
answer, be it a refusal; another one with that key is an `idempotency_error`. What could not be read leaves nothing, so
that it may be asked again (https://docs.stripe.com/api/idempotent_requests).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from filo.foundation import clock
from filo.operational.payments.models import ProviderAccount, SandboxAnswer

LONGEST_KEY = 255
Answer = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """again: it was answered before, and nothing happened now."""

    status: int
    body: Answer
    again: bool = False


class Declined(Exception):
    """What was asked was understood, and is not done; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def answer_once(
    row: ProviderAccount, path: str, fields: Mapping[str, str], *, key: str, do: Callable[[], Answer]
) -> Answered:
    """What `do` answers to a request, or what it answered to the same one with this key. Raises what `do` raises for
    fields that cannot be read.
    """
    if not key:
        return _done(do)
    if len(key) > LONGEST_KEY:
        return _error(f"Idempotency keys are up to {LONGEST_KEY} characters long.", kind="idempotency_error")
    asked = hashlib.sha256(json.dumps([path, sorted(fields.items())]).encode()).hexdigest()
    with transaction.atomic():
        made = SandboxAnswer(account=row, key=key, asked=asked, created_at=clock.now())
        SandboxAnswer.objects.bulk_create([made], ignore_conflicts=True)
        kept = SandboxAnswer.objects.select_for_update().get(account=row, key=key)
        if kept.asked != asked:
            said = "Keys for idempotent requests can only be used with the same parameters they were first used with."
            return _error(said, kind="idempotency_error")
        if kept.pk != made.pk:
            return Answered(kept.status, kept.body, again=True)
        found = _done(do)
        kept.status, kept.body = found.status, found.body
        kept.save(update_fields=["status", "body"])
    return found


def _done(do: Callable[[], Answer]) -> Answered:
    try:
        with transaction.atomic():
            return Answered(200, do())
    except Declined as declined:
        return _error(declined.message)


def _error(message: str, *, kind: str = "invalid_request_error") -> Answered:
    return Answered(400, {"error": {"type": kind, "message": message}})
