"""XML that is not quite right is read as it was meant, and what was done to it is told truly."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from filo.operational.invoices.fatturapa.document import Attachment, Document
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.writing import NAMESPACE, write
from filo.operational.invoices.fatturapa.xml import AS_UTF8, LEFT_OUT
from filo.operational.invoices.tests.test_written_xml import BODY, DOCUMENT

pytestmark = pytest.mark.usefixtures("english")
TEXT = write(DOCUMENT).decode()
NAME = "Città & Figli S.n.c."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (f' xmlns:p="{NAMESPACE}"', ""),
        (f'"{NAMESPACE}"', '"http://ivaservizi.agenziaentrate.gov.it/ docs/xsd/fatture/v1.2"'),
        (" versione=", ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#&quot;" versione='),
        (" versione=", ' xsi:schemaLocation="x y" versione='),
    ],
    ids=["no namespace for its prefix", "a blank in it", "a quote in another", "an attribute's prefix"],
)
def test_namespaces_that_are_wrong_are_passed_over(was: str, now: str) -> None:
    assert was in TEXT
    found = read(TEXT.replace(was, now, 1).encode())
    assert (found.document.buyer.name, found.document.bodies[0].number, found.warnings) == (NAME, "12/A", ())


def test_namespaces_that_are_wrong_do_not_hide_that_the_rest_is_missing() -> None:
    with pytest.raises(Unreadable) as refused:
        read(TEXT.replace(f' xmlns:p="{NAMESPACE}"', "", 1)[:-300].encode())
    assert "cut short" in str(refused.value)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("said", ["windows-1252", "ISO-8859-1", "utf-16", "UTF-16LE"])
def test_utf8_that_is_said_to_be_something_else_is_read_as_utf8(said: str, mark: bytes) -> None:
    found = read(mark + TEXT.replace("UTF-8", said).encode())
    assert found.document.buyer.name == NAME
    assert found.warnings == (str(AS_UTF8),)


def test_plain_letters_are_the_same_whatever_is_said() -> None:
    found = read(TEXT.replace("UTF-8", "utf-16").replace("Città", "Citta").encode())
    assert (found.document.buyer.name, found.warnings) == ("Citta & Figli S.n.c.", ())


@pytest.mark.parametrize(
    ("was", "now"), [("Camicia", "Cami\x02cia"), ("</p:FatturaElettronica>", "</p:FatturaElettronica>\n\x00\x00end")]
)
def test_signs_that_no_xml_may_hold_are_left_out_and_told(was: str, now: str) -> None:
    found = read(TEXT.replace(was, now).encode())
    assert found.document.buyer.name == NAME
    assert found.warnings == (str(LEFT_OUT),)


def test_definitions_of_its_own_are_the_reason_however_they_fail() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">'
    bomb += "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    for content in (
        (bomb + "]><FatturaElettronica>&j;</FatturaElettronica>").encode(),
        (bomb + ']><FatturaElettronica a="&j;"/>').encode("utf-16"),
    ):
        with pytest.raises(Unreadable) as refused:
            read(content)
        assert "DOCTYPE" in str(refused.value)


def test_a_large_attachment_is_read() -> None:
    paper = Attachment(name="large.pdf", content=b"%PDF-" + bytes(9_000_000))
    (body,) = read(write(_with(paper))).document.bodies
    assert len(body.attachments[0].content) == 9_000_005


def _with(*attachments: Attachment) -> Document:
    return replace(DOCUMENT, bodies=(replace(BODY, attachments=attachments),))


@pytest.mark.parametrize(("told", "content"), [("aGVsbG8", b"hello"), ("aGVsbG8h", b"hello!"), ("aGVsbA=", b"")])
def test_base64_may_lack_its_end_but_no_letter(told: str, content: bytes) -> None:
    made = write(_with(Attachment(name="a.txt", content=b"x"))).decode()
    (body,) = read(made.replace("eA==", told).encode()).document.bodies
    assert body.attachments[0].content == content


def test_an_invoice_in_base64_is_read_though_it_is_not_signed() -> None:
    found = read(base64.encodebytes(TEXT.encode()), "IT01234567897_00001.xml.p7m")
    assert (found.document.buyer.name, found.signed_by, found.warnings) == (NAME, "", ())


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"%PDF-1.7 x", "invoice.pdf", "PDF"),
        (b"ciao", "note.txt", "no XML"),
        (b'{"a": 1}', "a.xml", "no XML"),
        (b"\x1f\x8b\x08rubbish", "a.xml.gz", "no XML"),
        (b"rubbish", "a.xml.p7m", "signed"),
        (b"0\x82\x00\x05abcde", "a.xml", "signed"),
    ],
)
def test_what_is_no_invoice_is_called_what_it_is(content: bytes, name: str, word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content, name)
    assert word in str(refused.value)
