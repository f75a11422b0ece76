"""A notice is for one person and is nobody else's to read, whatever the role."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from filo.foundation.access.principal import Principal, ViewingAs
from filo.foundation.access.rules import NOTHING
from filo.foundation.errors import Forbidden


def told_to(principal: Principal) -> Q:
    """The rows of this person."""
    return Q(person=principal.user_id) if principal.user_id else NOTHING


def require_self(principal: Principal) -> UUID:
    """Who it is. Raises `Forbidden` for who is nobody, or looks through another's eyes."""
    if principal.viewed_by:
        raise ViewingAs(principal.name)
    if principal.user_id is None:
        raise Forbidden
    return principal.user_id
