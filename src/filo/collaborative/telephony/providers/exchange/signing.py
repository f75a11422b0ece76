"""How messages between an exchange and us are signed: `X-Filo-Signature: t=…,v1=…`, an HMAC-SHA256 (RFC 2104) with the
line's secret over the moment (seconds since 1970), a dot, and the body.

The moment is signed too, so that a message that somebody kept is worthless after `TOLERANCE`.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from filo.collaborative.telephony.providers.contract import Forged

TOLERANCE = 300  # seconds


def signature_of(secret: str, body: bytes, *, moment: int) -> str:
    """The header for a body."""
    return f"t={moment},v1={_signed(secret, body, str(moment))}"


def check_signature(secret: str, header: str, body: bytes, *, now: datetime) -> None:
    """Raises `Forged`."""
    parts = dict(part.strip().partition("=")[::2] for part in header[:1000].split(","))
    moment, given = parts.get("t", ""), parts.get("v1", "")
    if not secret or not given or not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
        raise Forged("unsigned")
    if not hmac.compare_digest(_signed(secret, body, moment).encode(), given.encode()):
        raise Forged("wrong-signature")
    if abs(int(now.timestamp()) - int(moment)) > TOLERANCE:
        raise Forged("too-old")


def _signed(secret: str, body: bytes, moment: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
