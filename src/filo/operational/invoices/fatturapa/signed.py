"""What is inside a signed file (`.p7m`, CAdES): DER or BER, bare or in Base64; and whether its signature holds.

What is looked at is that nobody changed the content since it was signed. Whether a certificate was issued by an
authority that may, and was valid then, is not looked at: the exchange has done so before it delivers.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.operational.invoices.fatturapa.errors import Unreadable

_BASE64 = re.compile(rb"^[A-Za-z0-9+/=\s]+$")
_ARMOUR = re.compile(rb"-----(BEGIN|END)[^-]*-----")
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_END = re.compile(rb"</[\w:]*FatturaElettronica(?:Semplificata)?\s*>")
# The heads of the pieces into which BER divides a long content; the first byte is none that XML may hold.
_CHUNK = re.compile(rb"\x04(?:\x81.|\x82..|\x83...|[\x01-\x7f])", re.DOTALL)
# Signed again and again (countersigned copies of copies): no deeper than this.
MOST_LAYERS = 4
BROKEN = gettext_lazy("The signature does not hold: this file was changed after it was signed.")
NO_SIGNATURE = gettext_lazy(
    "The signature does not hold: the file was changed or damaged after it was signed. The invoice in it could be read."
)
ODD_SIGNATURE = gettext_lazy("The signature is of a kind that cannot be checked here.")


@dataclass(frozen=True, slots=True)
class Opened:
    """The content, the name of who signed, and what is wrong with the signature."""

    content: bytes
    signed_by: str = ""
    warning: object = ""


def looks_signed(content: bytes, filename: str) -> bool:
    """Whether this is to be opened first."""
    if filename.lower().endswith((".p7m", ".p7s")) or content[:2] in (b"0\x80", b"0\x82", b"0\x83", b"0\x84"):
        return True
    bare = _bare(content)
    return bare is not content and (bare[:1] == b"0" or _begins(bare))


def opened(content: bytes) -> Opened:
    """What was signed. Raises `Unreadable`."""
    found, layers = Opened(content), 0
    while (bare := _bare(found.content))[:1] == b"0" and layers < MOST_LAYERS:
        inner = _unwrapped(bare)
        found = Opened(inner.content, inner.signed_by or found.signed_by, found.warning or inner.warning)
        layers += 1
    if _begins(bare):
        return Opened(bare, found.signed_by, found.warning)
    if not layers and not _begins(found.content):
        raise Unreadable(_("This file is said to be signed, but nothing in it can be read."))
    return found


def _begins(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def _bare(content: bytes) -> bytes:
    """Out of Base64, with or without PEM's lines around it."""
    told = _ARMOUR.sub(b"", content).strip()
    if told[:1] == b"<" or not _BASE64.match(told):
        return content
    try:
        return base64.b64decode(b"".join(told.split()) + b"==")
    except (binascii.Error, ValueError):
        return content


def _unwrapped(content: bytes) -> Opened:
    try:
        info = cms.ContentInfo.load(content)
        signed = info["content"]
        inner = signed["encap_content_info"]["content"].native
        if not isinstance(inner, bytes) or not inner:
            raise ValueError("nothing is inside")
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return _dug_out(content)
    try:
        return Opened(inner, _signer(signed), _complaint(signed, inner))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, UnsupportedAlgorithm):
        return Opened(inner, "", ODD_SIGNATURE)


def _dug_out(content: bytes) -> Opened:
    """The XML in a wrapping that does not hold together; also one whose bytes were taken for text on the way."""
    for candidate in (_untangled(content), content):
        start = candidate.find(b"<?xml")
        start = start if start >= 0 else candidate.find(b"<")
        ends = [match.end() for match in _END.finditer(candidate)]
        if start >= 0 and ends:
            return Opened(_CHUNK.sub(b"", candidate[start : ends[-1]]), "", NO_SIGNATURE)
    raise Unreadable(_("This signed file is damaged: no invoice can be read in it. Ask for it to be sent again."))


def _untangled(content: bytes) -> bytes:
    """Bytes that a program took for Windows text and wrote as UTF-8."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    return b"".join(_one_byte(sign) for sign in text)


def _one_byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(sign)]) if ord(sign) < 256 else b"?"


def _certificate(signed: Any, signer: Any) -> Any:
    """The certificate of who signed, among those that came with it."""
    wanted = signer["sid"].native
    for choice in signed["certificates"]:
        found = choice.chosen
        if isinstance(wanted, dict) and found.serial_number == wanted.get("serial_number"):
            return found
        if isinstance(wanted, bytes) and found.key_identifier == wanted:
            return found
    return None


def _signer(signed: Any) -> str:
    found = _certificate(signed, signed["signer_infos"][0])
    if found is None:
        return ""
    names = found.subject.native
    name = names.get("common_name") or names.get("organization_name") or ""
    return str(name[0] if isinstance(name, list) else name)[:200]


def _complaint(signed: Any, content: bytes) -> object:
    if not len(signed["signer_infos"]):
        return NO_SIGNATURE
    for signer in signed["signer_infos"]:
        if complaint := _complaint_about(signed, signer, content):
            return complaint
    return ""


def _complaint_about(signed: Any, signer: Any, content: bytes) -> object:
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in _HASHES:
        return ODD_SIGNATURE
    attributes = signer["signed_attrs"]
    if len(attributes):
        told = [one["values"][0].native for one in attributes if one["type"].native == "message_digest"]
        if told != [hashlib.new(name, content).digest()]:
            return BROKEN
        over = attributes.untag().dump(force=True)
    else:
        over = content
    certificate = _certificate(signed, signer)
    return ODD_SIGNATURE if certificate is None else _verified(certificate, signer, over, name)


def _verified(certificate: Any, signer: Any, over: bytes, name: str) -> object:
    key = load_der_x509_certificate(certificate.dump()).public_key()
    kind, signature = _HASHES[name](), signer["signature"].native
    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = signer["signature_algorithm"].signature_algo == "rsassa_pss"
            key.verify(
                signature,
                over,
                padding.PSS(padding.MGF1(kind), padding.PSS.AUTO) if pss else padding.PKCS1v15(),
                kind,
            )
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, over, ec.ECDSA(kind))
        else:
            return ODD_SIGNATURE
    except InvalidSignature:
        return BROKEN
    return ""
