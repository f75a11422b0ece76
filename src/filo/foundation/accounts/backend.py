"""Signs people in by address and password, and reads a session's person in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from filo.foundation.accounts.models import User


class Backend(AuthenticationBackend):
    """allauth's backend, with role and unit read together with the person."""

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.select_related("role", "unit").filter(pk=user_id, is_active=True).first()
