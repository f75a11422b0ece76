"""The right of a program to one person's calendar: a password made for it, with his rights to what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import ApiToken, User
from filo.foundation.accounts.rest import person_at_door
from filo.foundation.accounts.tokens import make_token
from filo.foundation.errors import Forbidden
from filo.foundation.folding import clean_line
from filo.foundation.rest.auth import Caller
from filo.operational.activities.sources import rights

SCOPE = "calendar"


def program_of(email: str, password: str) -> tuple[Caller, User] | None:
    """Who a program is: its person as he is now, narrowed to what stands in calendars."""
    found = person_at_door(email, password, scope=SCOPE)
    if found is None:
        return None
    caller, person = found
    scopes = {"task:read", "task:write", "party:read", *(f"{right}:read" for right in rights())}
    return replace(caller, principal=replace(caller.principal, token_scopes=frozenset(scopes))), person


def make_password(principal: Principal, person: User, *, label: str) -> str:
    """A password for one program; it is told only now. Raises `Forbidden`, `DomainError`."""
    principal.require("task", "view")
    if principal.token_scopes is not None or person.id != principal.user_id:
        raise Forbidden
    called = clean_line(label, max_length=80) or _("Calendar")
    return make_token(principal, person, label=called, scopes=[SCOPE])[1]


def passwords_of(principal: Principal) -> Sequence[ApiToken]:
    """Those that still open one's calendar."""
    found = ApiToken.objects.filter(user=principal.user_id, revoked_at=None)[:200]
    return [token for token in found if SCOPE in token.scopes]
