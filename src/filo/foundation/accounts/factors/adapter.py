"""Where allauth's second factors meet the house: whose site it is, how people are named, and secrets under a key."""

from __future__ import annotations

import secrets
from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class FactorAdapter(DefaultMFAAdapter):
    """allauth's hooks about second factors."""

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it: whoever copies the database alone cannot compute codes."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; for what was written under a lost key, a fresh one that no code fits."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return b32encode(secrets.token_bytes(20)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the configured address, whatever host a request names."""
        return {"id": str(urlsplit(settings.SITE_URL).hostname), "name": "Filo"}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Ours are queued by our own verbs."""


def _keys() -> MultiFernet:
    owned = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (sha256(b"filo second factors " + str(key).encode()).digest() for key in owned)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
