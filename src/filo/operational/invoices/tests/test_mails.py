"""A mail of the certified mailbox is handed in as it was saved: what lies in it is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

import pytest

from filo.operational.invoices.services import send_invoice, take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import answer, received
from filo.operational.invoices.tests.test_received_oddities import metadata
from filo.operational.invoices.tests.test_signed import signed
from filo.testing.clients import CheckedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TECHNICAL = ("daticert.xml", b"<postacert/>")


def mail(*files: tuple[str, bytes], text: str = "In allegato.") -> EmailMessage:
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = "sdi01@pec.fatturapa.it", "noi@pec.example", "Invio File 7339338"
    found.set_content(text)
    for name, content in files:
        found.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return found


def certified(inner: EmailMessage) -> bytes:
    """As a certified mail is: the mail itself inside of the provider's."""
    found = mail(TECHNICAL)
    found.add_attachment(inner, filename="postacert.eml")
    found.add_attachment(b"0\x80rubbish", maintype="application", subtype="x-pkcs7-signature", filename="smime.p7s")
    return found.as_bytes()


def test_what_lies_in_a_certified_mail_is_read(office: Office) -> None:
    inner = mail(metadata(), ("IT07643520567_ab.xml.p7m", signed(received())))
    found = take_in(office.principal(), [("Posta certificata.eml", certified(inner))])
    assert [(one.file.name, one.file.kind) for one in found] == [
        ("IT07643520567_ab.xml.p7m", "invoice"),
        ("IT07643520567_ab_MT_001.xml", "notification"),
    ]
    assert found[0].file.signed_by == "ROSSI MARIA"


def test_an_answer_in_a_mail_moves_its_invoice(office: Office) -> None:
    invoice = office.issue()
    name, content = answer("RicevutaConsegna", send_invoice(office.principal(), invoice))
    take_in(office.principal(), [("a.txt", certified(mail((name, content))))])
    assert office.again(invoice).state == "delivered"


def test_a_zip_in_a_mail_and_a_mail_in_a_zip_are_opened(office: Office) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", received("1"))
        archive.writestr("b.eml", mail(("b.xml", received("2"))).as_bytes())
    found = take_in(office.principal(), [("a.eml", mail(("all.zip", packed.getvalue())).as_bytes())])
    assert [(one.file.name, one.file.kind) for one in found] == [("a.xml", "invoice"), ("b.xml", "invoice")]


def test_a_zip_in_a_mail_in_a_zip_is_not_opened(office: Office) -> None:
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xml", received("1"))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("b.eml", mail(("all.zip", inner.getvalue())).as_bytes())
    (found,) = take_in(office.principal(), [("b.zip", outer.getvalue())])
    assert (found.file.name, found.file.said) == ("all.zip", "A ZIP within a ZIP is not opened.")


def test_a_mail_with_no_invoice_in_it_is_put_aside(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    content = mail(("note.pdf", b"%PDF-1.4")).as_bytes()
    (found,) = take_in(office.principal(), [("a.eml", content)])
    assert (found.file.kind, found.file.name) == ("quarantine", "a.eml")
    assert found.file.said == "In this mail lies no invoice and no notification (XML, P7M or ZIP)."
    assert client_of("inside").get(f"/invoices/import/{found.file.pk}").status_code == 200


def test_mails_within_mails_are_opened_so_far_and_no_further(office: Office) -> None:
    inner = mail(("a.xml", received()))
    for _time in range(40):
        outer = mail()
        outer.add_attachment(inner, filename="inner.eml")
        inner = outer
    (found,) = take_in(office.principal(), [("a.eml", inner.as_bytes())])
    assert found.file.kind in ("quarantine", "invoice")
    assert found.file.said


@pytest.mark.parametrize(
    "content", [b"From: x\nMIME-Version: 1.0\n\n", b"MIME-Version: 1.0\nContent-Type: multipart/mixed"]
)
def test_a_mail_that_is_cut_short_is_put_aside(office: Office, content: bytes) -> None:
    (found,) = take_in(office.principal(), [("a.eml", content)])
    assert found.file.kind == "quarantine"
