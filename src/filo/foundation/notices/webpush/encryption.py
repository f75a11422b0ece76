"""A message for one browser and nobody on the way: RFC 8291 over the one record of RFC 8188 (`aes128gcm`)."""

from __future__ import annotations

import base64
import os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RECORD = 4096
# What is left of a record after its end (1), its tag (16) and its header (86): RFC 8291, section 4.
LONGEST = RECORD - 103
LAST_RECORD = b"\x02"
AUTH_LENGTH, POINT_LENGTH = 16, 65


class BadKeys(ValueError):
    """The keys are none that a browser gives."""


def encrypted(
    message: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    sender: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push message. p256dh, auth: the browser's, in base64url.

    salt, sender: made anew for each message; given by tests alone. Raises `BadKeys`, ValueError when it is too long.
    """
    if len(message) > LONGEST:
        raise ValueError(f"{len(message)} bytes are more than the {LONGEST} that every push service carries")
    secret, receiver = keys_read(p256dh, auth)
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    own, theirs = point(sender.public_key()), point(receiver)
    shared = sender.exchange(ec.ECDH(), receiver)
    material = _derived(shared, secret, b"WebPush: info\0" + theirs + own, 32)
    key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, message + LAST_RECORD, None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own + sealed


def keys_read(p256dh: str, auth: str) -> tuple[bytes, ec.EllipticCurvePublicKey]:
    """The secret and the public key of a browser. Raises `BadKeys`."""
    try:
        secret, written = from_base64url(auth), from_base64url(p256dh)
        receiver = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), written)
    except ValueError:
        raise BadKeys from None
    if len(secret) != AUTH_LENGTH or len(written) != POINT_LENGTH:
        raise BadKeys
    return secret, receiver


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as an uncompressed point."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def base64url(found: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """What was written so. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)
