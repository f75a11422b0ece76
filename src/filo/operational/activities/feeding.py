"""The secret address of one's calendar: made, found again by its digest alone, ended."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.operational.activities.models import CalendarFeed


def make_feed(principal: Principal) -> str:
    """A new address, which ends the one before; the secret in it is told only now. Raises `Forbidden`."""
    _require(principal)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        facts = {"digest": _digest(secret), "created_at": clock.now()}
        CalendarFeed.objects.update_or_create(person_id=principal.user_id, defaults=facts)
        record(principal, "calendar-feed.make", kind="calendar-feed", object_id=_me(principal))
    return secret


def end_feed(principal: Principal) -> None:
    """Nobody reads it any more; ending what has ended changes nothing. Raises `Forbidden`."""
    _require(principal)
    with transaction.atomic():
        gone, _rows = CalendarFeed.objects.filter(person=principal.user_id).delete()
        if gone:
            record(principal, "calendar-feed.end", kind="calendar-feed", object_id=_me(principal))


def _me(principal: Principal) -> UUID:
    if principal.user_id is None:
        raise Forbidden
    return principal.user_id


def person_of_feed(secret: str) -> User | None:
    """Whose calendar an address is, as long as he works here."""
    if not 20 <= len(secret) <= 100:
        return None
    found = CalendarFeed.objects.filter(digest=_digest(secret), person__is_active=True)
    feed = found.select_related("person__role", "person__unit").first()
    return feed.person if feed else None


def _require(principal: Principal) -> None:
    principal.require("task", "view")
    if principal.user_id is None or principal.viewed_by or principal.token_scopes is not None:
        raise Forbidden


def _digest(secret: str) -> str:
    """Random, 256 bits: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
