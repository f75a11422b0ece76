"""Signs people in by address and password, and reads a session's person in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_id


class Backend(AuthenticationBackend):
    """allauth's backend, with role and unit read together with the person."""

    def get_user(self, user_id: Any) -> User | None:
        return person_by_id(str(user_id))
