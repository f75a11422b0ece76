"""The verb about how Filo looks and speaks to oneself."""

from __future__ import annotations

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import Forbidden


def edit_own_preferences(
    principal: Principal, user: User, *, language: str, time_zone: str, theme: str, density: str, letter_keys: bool
) -> None:
    """Change how Filo looks and speaks to oneself."""
    if principal.user_id != user.id or principal.viewed_by:
        raise Forbidden
    User.objects.filter(pk=user.pk).update(
        language=language, time_zone=time_zone, theme=theme, density=density, letter_keys=letter_keys
    )
