"""Who it is that sends, for push services: RFC 8292, signed with the installation's one key."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from filo.foundation.notices.webpush.encryption import base64url, point

# A day is the most that RFC 8292 allows; clocks differ.
HOLDS_FOR = timedelta(hours=12)


def authorization(key: ec.EllipticCurvePrivateKey, endpoint: str, moment: datetime) -> str:
    """The header by which the push service of an endpoint knows us."""
    parts = urlsplit(endpoint)
    claims: dict[str, str | int] = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((moment + HOLDS_FOR).timestamp()),
        "sub": contact(),
    }
    signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={base64url(point(key.public_key()))}"


def contact() -> str:
    """Whom a push service asks when something is wrong: the address of the house on the web, or its mail."""
    if settings.SECURE:
        return str(settings.SITE_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _part(content: dict[str, str | int]) -> str:
    return base64url(json.dumps(content, separators=(",", ":")).encode())
