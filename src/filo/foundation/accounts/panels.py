"""How sockets learn who stands behind a session, and who may listen to a person's own topic."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from filo.foundation.access.principal import Principal
from filo.foundation.accounts import policies  # noqa: F401  (declares what rights are about)
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.push import identity, topics


def register() -> None:
    """Called once, when the program starts."""
    identity.use(_identify)
    topics.register("user", lambda principal, user_id: str(principal.user_id) == user_id)


def _identify(session_key: str) -> Principal | None:
    session = Session.objects.filter(session_key=session_key, expire_date__gt=timezone.now()).first()
    if session is None:
        return None
    data = session.get_decoded()
    user = User.objects.select_related("role", "unit").filter(pk=str(data.get("_auth_user_id")), is_active=True).first()
    return principal_of(user, door="socket") if user else None
