"""How Twilio signs what it posts: base64 of an HMAC-SHA1 with the account's token over the whole address and, sorted by
name, each field with its value (https://www.twilio.com/docs/usage/security#validating-requests).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from filo.collaborative.telephony.providers.contract import Forged


def signature_of(token: str, url: str, fields: Iterable[tuple[str, str]]) -> str:
    """The header for what is posted to an address."""
    text = url + "".join(f"{name}{value}" for name, value in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def check_signature(token: str, header: str, url: str, fields: Iterable[tuple[str, str]]) -> None:
    """Raises `Forged`."""
    if not token or not header:
        raise Forged("unsigned")
    if not hmac.compare_digest(signature_of(token, url, fields).encode(), header.encode()):
        raise Forged("wrong-signature")
