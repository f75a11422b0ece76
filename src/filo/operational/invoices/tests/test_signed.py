"""Signed invoices: opened whatever they are wrapped in; what was changed after signing is said."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.signed import BROKEN, NO_SIGNATURE, opened
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.tests.test_written_xml import DOCUMENT

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def _key(kind: str) -> Key:
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


def signed(content: bytes, kind: str = "rsa") -> bytes:
    key = _key(kind)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ROSSI MARIA")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=900))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "der": lambda content: content,
    "base64": base64.b64encode,
    "base64 in lines": base64.encodebytes,
    "base64 with CRLF": lambda content: base64.encodebytes(content).replace(b"\n", b"\r\n"),
    "pem": lambda content: b"-----BEGIN PKCS7-----\n" + base64.encodebytes(content) + b"-----END PKCS7-----\n",
    "signed twice": signed,
}


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_an_invoice_is_read_out_of_every_wrapping(wrapping: str, kind: str) -> None:
    found = read(WRAPPINGS[wrapping](signed(write(DOCUMENT), kind)), "IT01234567897_00001.xml.p7m")
    assert found.document.bodies[0].number == "12/A"
    assert (found.signed_by, found.warnings) == ("ROSSI MARIA", ())


def test_a_signature_is_opened_also_where_the_name_does_not_say_so() -> None:
    assert read(signed(write(DOCUMENT)), "invoice.xml").document.bodies[0].number == "12/A"


def test_a_sum_changed_after_signing_is_told() -> None:
    found = opened(signed(write(DOCUMENT)).replace(b"<ImportoPagamento>122.00", b"<ImportoPagamento>922.00"))
    assert str(found.warning) == str(BROKEN)
    assert b"922.00" in found.content


def test_a_signature_by_another_key_is_told() -> None:
    content = write(DOCUMENT)
    made = signed(content)
    at = len(made) - 40
    broken = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
    assert str(opened(broken).warning) == str(BROKEN)


def test_a_wrapping_that_does_not_hold_together_is_dug_through() -> None:
    made = signed(write(DOCUMENT))
    found = read(made[:-300] + b"rubbish", "x.xml.p7m")
    assert found.document.bodies[0].number == "12/A"
    assert found.warnings == (str(NO_SIGNATURE),)


@pytest.mark.parametrize("content", [b"0\x82\xff\xff nothing", b"hello", base64.b64encode(b"0\x80rubbish")])
def test_what_holds_no_invoice_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content, "x.xml.p7m")
