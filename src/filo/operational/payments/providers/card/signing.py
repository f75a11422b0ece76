"""How Stripe signs its webhooks: `Stripe-Signature: t=…,v1=…`, an HMAC-SHA256 over the moment, a dot, and the body.

The moment is signed too, so that a message that somebody kept is worthless after `TOLERANCE`; what Stripe itself sends
again is signed anew.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from filo.operational.payments.providers.contract import Forged

TOLERANCE = 300  # seconds, as Stripe's own libraries have it
MOST_SIGNATURES = 10


def signature_of(secret: str, body: bytes, *, moment: int) -> str:
    """The header for a body."""
    return f"t={moment},v1={_signed(secret, body, str(moment))}"


def check_signature(secret: str, header: str, body: bytes, *, now: datetime) -> None:
    """Raises `Forged`."""
    pairs = [part.strip().partition("=") for part in header[:4000].split(",")]
    moments = [value for name, _sign, value in pairs if name == "t"]
    signatures = [value for name, _sign, value in pairs if name == "v1"][:MOST_SIGNATURES]
    if not secret or len(moments) != 1 or not (moments[0].isascii() and moments[0].isdigit()) or not signatures:
        raise Forged("unsigned")
    right = _signed(secret, body, moments[0]).encode()
    if not any(hmac.compare_digest(right, one.encode()) for one in signatures):
        raise Forged("wrong-signature")
    if len(moments[0]) > 12 or abs(int(now.timestamp()) - int(moments[0])) > TOLERANCE:
        raise Forged("too-old")


def _signed(secret: str, body: bytes, moment: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
