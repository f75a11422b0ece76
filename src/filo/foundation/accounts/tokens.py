"""Verbs about API tokens: made once, shown once, revoked at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.objects import declared
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.limits import refuse_beyond
from filo.foundation.accounts.models import ApiToken, SecurityEvent, User
from filo.foundation.accounts.queries import token_digest
from filo.foundation.accounts.second_factor import is_asked_for
from filo.foundation.errors import DomainError, Forbidden, InvalidFields

_doors: list[str] = []


def declare_door(scope: str) -> None:
    """Make a scope known that opens one door of its own, and nothing of the API."""
    _doors.append(scope)


def known_scopes() -> list[str]:
    """Every scope a token may carry: `party:read`, `party:write`, …, and those of doors."""
    return [f"{found.code}:{verb}" for found in declared() for verb in ("read", "write")] + _doors


def make_token(
    principal: Principal,
    user: User,
    *,
    label: str,
    scopes: Sequence[str] | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """A new token for `user` and its secret, which is shown only now.

    `scopes` None means all ("*"). Raises `Forbidden` for somebody else's, `InvalidFields` for an unknown scope,
    `DomainError` for somebody who needs a second factor and has none.
    """
    if principal.viewed_by or (user.id != principal.user_id and not principal.may("user", "manage")):
        raise Forbidden
    if user.id != principal.user_id:
        refuse_beyond(principal, user)
    elif is_asked_for(user):
        raise DomainError(_("Set up your second factor first, in My security."), code="second-factor-needed")
    unknown = [scope for scope in scopes or () if scope not in known_scopes()]
    if unknown:
        raise InvalidFields({"scopes": _("Unknown scopes: %(names)s.") % {"names": ", ".join(unknown)}})
    secret = f"filo_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=user,
            label=label,
            prefix=secret[:12],
            digest=token_digest(secret),
            scopes=["*"] if scopes is None else list(scopes),
            expires_at=expires_at,
        )
        SecurityEvent.objects.create(kind="token-made", user=user, detail=label[:200])
    return token, secret


def revoke_token(principal: Principal, token_id: UUID) -> None:
    """End a token at once: one's own, or anybody's for those who look after people."""
    with transaction.atomic():
        found = ApiToken.objects.select_for_update().filter(pk=token_id, revoked_at=None).first()
        if found is None:
            return
        if principal.viewed_by or (found.user_id != principal.user_id and not principal.may("user", "manage")):
            raise Forbidden
        found.revoked_at = clock.now()
        found.save(update_fields=["revoked_at"])
        SecurityEvent.objects.create(kind="token-revoked", user_id=found.user_id, detail=found.label[:200])
