"""The ceremonies of passkeys: what the browser is asked, and whether its answer is good."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from filo.foundation.accounts.models import User

# What the libraries raise at an answer that is none; it comes from outside, whole.
NO_ANSWER = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def ask_for_a_new_one(user: User) -> dict[str, Any]:
    """What the browser is asked to make a passkey: kept on the device, and only for who proves to be its owner."""
    return auth.begin_registration(user, passwordless=True)


def ask_for_one_of(user: User | None) -> dict[str, Any]:
    """What the browser is asked for a passkey of this person; of None for anybody's, which then says who it is."""
    return auth.begin_authentication(user)


def new_one(answer: str) -> dict[str, Any] | None:
    """The passkey that the browser made; None when the answer is not one to what was asked."""
    try:
        credential = json.loads(answer)
        auth.parse_registration_response(credential)
        verified = auth.complete_registration(credential).is_user_verified()
    except NO_ANSWER:
        return None
    finally:
        auth.clear_state()
    return credential if verified else None


def one_of(user: User, answer: str) -> Authenticator | None:
    """The passkey of this person that answered; a question can be answered once."""
    return _answered(user, answer)


def anybodys(answer: str) -> Authenticator | None:
    """The passkey that answered, of whoever it belongs to: its owner was verified by the device."""
    if (auth.get_state() or {}).get("user_verification") != "required":
        return None
    return _answered(None, answer)


def _answered(user: User | None, answer: str) -> Authenticator | None:
    try:
        credential = json.loads(answer)
        auth.parse_authentication_response(credential)
        owner = user or auth.extract_user_from_response(credential)
        return auth.complete_authentication(owner, credential)
    except NO_ANSWER:
        return None
    finally:
        auth.clear_state()
