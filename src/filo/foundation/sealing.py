"""Secrets as they lie in the database: sealed with a key of the installation that is not in it.

Each purpose has a key of its own, derived from `SECRET_KEY`, so that what one part of the program kept is opened by
no other. A copy of the database alone opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from cryptography.fernet import Fernet
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a purpose; its words are part of the key and never change."""

    purpose: str

    def close(self, secret: bytes) -> str:
        """The secret as it is kept."""
        return self._key().encrypt(secret).decode()

    def open(self, kept: str) -> bytes:
        """The secret that was kept.

        Raises cryptography's `InvalidToken` when the installation's key is another one.
        """
        return self._key().decrypt(kept.encode())

    def close_text(self, secret: str) -> str:
        """The same of text; nothing stays nothing."""
        return self.close(secret.encode()) if secret else ""

    def open_text(self, kept: str) -> str:
        """The other way."""
        return self.open(kept).decode() if kept else ""

    def _key(self) -> Fernet:
        derived = hmac.new(settings.SECRET_KEY.encode(), self.purpose.encode(), hashlib.sha256).digest()
        return Fernet(base64.urlsafe_b64encode(derived))
