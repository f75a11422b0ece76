"""The key with which this installation signs to push services: made once, kept sealed."""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from filo.foundation.notices.models import Browser, PushKey
from filo.foundation.notices.webpush.encryption import base64url, point
from filo.foundation.sealing import Seal

_KEY = Seal("filo push key 1")


def public_key() -> str:
    """What a browser is told when it subscribes."""
    return base64url(point(private_key().public_key()))


def private_key() -> ec.EllipticCurvePrivateKey:
    """The key, made at the first asking.

    When the installation's own key was changed it cannot be opened any more: a new one is made, and browsers, which
    accept nothing that another key signed, have to be asked anew.
    """
    kept = PushKey.objects.first()
    if kept is None:
        # Insert or leave, then read: two who ask at once get the same key.
        PushKey.objects.bulk_create([PushKey(sealed=_new())], ignore_conflicts=True)
        kept = PushKey.objects.get()
    try:
        return _opened(kept.sealed)
    except InvalidToken:
        return _made_anew()


def _made_anew() -> ec.EllipticCurvePrivateKey:
    with transaction.atomic():
        kept = PushKey.objects.select_for_update().get()
        try:
            return _opened(kept.sealed)
        except InvalidToken:
            Browser.objects.all().delete()
            kept.sealed = _new()
            kept.save(update_fields=["sealed"])
            return _opened(kept.sealed)


def _new() -> str:
    made = ec.generate_private_key(ec.SECP256R1())
    written = made.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return _KEY.close(written)


def _opened(sealed: str) -> ec.EllipticCurvePrivateKey:
    found = serialization.load_der_private_key(_KEY.open(sealed), password=None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise InvalidToken
    return found
