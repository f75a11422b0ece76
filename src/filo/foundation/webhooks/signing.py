"""Signs what is sent as Standard Webhooks has it, and keeps the secrets sealed.

A secret is `whsec_` and thirty-two random bytes in base64. In the database it is sealed with a key derived from the
installation's own, so that a copy of the database alone signs nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from filo.foundation.sealing import Seal

PREFIX = "whsec_"
_SECRETS = Seal("filo webhook secrets 1")


def new_secret() -> str:
    """A secret to share with the receiver."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sealed(secret: str) -> str:
    """The secret as it is kept."""
    return _SECRETS.close_text(secret)


def unsealed(kept: str) -> str:
    """The secret that was kept. Raises cryptography's `InvalidToken` when the installation's key is another one."""
    return _SECRETS.open_text(kept)


def signed_headers(message_id: str, moment: datetime, body: bytes, shared: Sequence[str]) -> dict[str, str]:
    """The three headers by which a receiver knows the sender; one signature for each secret that is shared."""
    timestamp = str(int(moment.timestamp()))
    content = b".".join((message_id.encode(), timestamp.encode(), body))
    signatures = [_signature(secret, content) for secret in shared]
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": " ".join(signatures)}


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
