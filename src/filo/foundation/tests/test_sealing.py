"""What is sealed is opened by the same purpose and key alone, also what older versions sealed."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from cryptography.fernet import Fernet, InvalidToken
from pytest_django.fixtures import Settings

from filo.foundation.sealing import Seal

ONE, OTHER = Seal("filo mailbox passwords 1"), Seal("filo back office keys 1")


def test_it_is_opened_as_it_was() -> None:
    kept = ONE.close_text("pässword")
    assert "pässword" not in kept
    assert ONE.open_text(kept) == "pässword"
    assert (ONE.close_text(""), ONE.open_text("")) == ("", "")


def test_neither_another_purpose_nor_another_installation_opens_it(settings: Settings) -> None:
    kept = ONE.close_text("secret")
    with pytest.raises(InvalidToken):
        OTHER.open_text(kept)
    settings.SECRET_KEY = "another-key-of-another-installation"
    with pytest.raises(InvalidToken):
        ONE.open_text(kept)


def test_what_was_sealed_before_is_still_opened(settings: Settings) -> None:
    derived = hmac.new(settings.SECRET_KEY.encode(), b"filo mailbox passwords 1", hashlib.sha256).digest()
    kept = Fernet(base64.urlsafe_b64encode(derived)).encrypt(b"of last year").decode()
    assert ONE.open_text(kept) == "of last year"
