"""Files in envelopes of the exchange's web services, and as bare text in Base64: what lies in them is read."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO

import pytest

from filo.operational.invoices.services import send_invoice, take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import answer, received
from filo.operational.invoices.tests.test_mails import mail
from filo.operational.invoices.tests.test_received_oddities import metadata
from filo.operational.invoices.tests.test_signed import signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NAME = "IT07643520567_ab.xml.p7m"
TYPES = "http://www.fatturapa.gov.it/sdi/ws/ricezione/v1.0/types"


def packed(content: bytes, *, lines: bool = False) -> str:
    return (base64.encodebytes(content) if lines else base64.b64encode(content)).decode()


def envelope(inside: str, *, before: str = "") -> bytes:
    """As RicezioneFatture has it."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header/><soapenv:Body>'
        f'<ns:fileSdIConMetadati xmlns:ns="{TYPES}"><IdentificativoSdI>7339338</IdentificativoSdI>{inside}'
        "</ns:fileSdIConMetadati></soapenv:Body></soapenv:Envelope>"
    ).encode()


def file(name: str, content: bytes, *, lines: bool = False) -> str:
    return f"<NomeFile>{name}</NomeFile><File>{packed(content, lines=lines)}</File>"


@pytest.mark.parametrize("lines", [False, True])
def test_an_invoice_and_its_metadata_in_an_envelope_are_read(office: Office, lines: bool) -> None:
    name, content = metadata()
    more = f"<NomeFileMetadati>{name}</NomeFileMetadati><Metadati>{packed(content)}</Metadati>"
    found = take_in(office.principal(), [("a.xml", envelope(file(NAME, signed(received()), lines=lines) + more))])
    assert [(one.file.name, one.file.kind) for one in found] == [(NAME, "invoice"), (name, "notification")]
    assert found[0].file.signed_by == "ROSSI MARIA"


def test_an_answer_without_its_envelope_moves_its_invoice(office: Office) -> None:
    invoice = office.issue()
    name, content = answer("RicevutaConsegna", send_invoice(office.principal(), invoice))
    bare = f'<t:fileSdI xmlns:t="{TYPES}"><IdentificativoSdI>1</IdentificativoSdI>{file(name, content)}</t:fileSdI>'
    take_in(office.principal(), [("a.xml", bare.encode())])
    assert office.again(invoice).state == "delivered"


def test_a_zip_in_an_envelope_and_an_envelope_in_a_zip_or_a_mail_are_opened(office: Office) -> None:
    archive, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.xml", received("1"))
    with zipfile.ZipFile(outer, "w") as made:
        made.writestr("b.xml", envelope(file("b1.xml", received("2"))))
        made.writestr("c.xml", envelope(file("all.zip", archive.getvalue())))
    posted = mail(("d.xml", envelope(file("d1.xml", received("3"))))).as_bytes()
    files = [("a.xml", envelope(file("all.zip", archive.getvalue()))), ("o.zip", outer.getvalue()), ("m.eml", posted)]
    found = take_in(office.principal(), files)
    assert [(one.file.name, one.file.kind) for one in found] == [
        ("a.xml", "invoice"),
        ("b1.xml", "invoice"),
        ("all.zip", "quarantine"),
        ("d1.xml", "invoice"),
    ]


@pytest.mark.parametrize("inside", ["", "<NomeFile>a.xml</NomeFile><File>no base64!</File>"])
def test_an_envelope_in_which_nothing_can_be_read_is_put_aside_whole(office: Office, inside: str) -> None:
    (found,) = take_in(office.principal(), [("a.xml", envelope(inside))])
    assert (found.file.kind, found.file.name) == ("quarantine", "a.xml")
    assert found.file.said == "In this envelope lies no invoice and no notification that can be read."


def test_many_comments_before_it_are_passed_over_at_once(office: Office) -> None:
    comments = "<!-- a -->" * 400
    found = take_in(office.principal(), [("a.xml", envelope(file("a1.xml", received()), before=comments))])
    assert [one.file.kind for one in found] == ["invoice"]
    other = f'<?xml version="1.0"?>{comments}<altro/>'.encode()
    assert [one.file.kind for one in take_in(office.principal(), [("b.xml", other)])] == ["quarantine"]


def test_what_cannot_be_read_in_an_envelope_leaves_the_rest(office: Office) -> None:
    inside = "<a><NomeFile>b.xml</NomeFile><File>no base64!</File></a>"
    found = take_in(office.principal(), [("a.xml", envelope(file("a1.xml", received()) + inside))])
    assert sorted((one.file.name, one.file.kind) for one in found) == [("a.xml", "quarantine"), ("a1.xml", "invoice")]
    assert any("b.xml" in one.file.said for one in found)


def test_an_envelope_with_definitions_of_its_own_is_not_opened(office: Office) -> None:
    content = envelope(file("a.xml", received()), before='<!DOCTYPE a [<!ENTITY b "c">]>')
    (found,) = take_in(office.principal(), [("a.xml", content)])
    assert found.file.kind == "quarantine"
    assert "definitions of its own (DOCTYPE)" in found.file.said


@pytest.mark.parametrize("name", ["a.xml", "a.txt", "a.b64", NAME])
def test_text_in_base64_is_read_whatever_it_is_called(office: Office, name: str) -> None:
    armoured = f"-----BEGIN FILE-----\r\n{packed(received('2'), lines=True)}-----END FILE-----\r\n"
    files = [(name, packed(received("1")).encode()), (name, armoured.encode())]
    assert [one.file.kind for one in take_in(office.principal(), files)] == ["invoice", "invoice"]


def test_an_answer_in_base64_moves_its_invoice(office: Office) -> None:
    invoice = office.issue()
    name, content = answer("RicevutaConsegna", send_invoice(office.principal(), invoice))
    take_in(office.principal(), [(name, packed(content, lines=True).encode())])
    assert office.again(invoice).state == "delivered"
