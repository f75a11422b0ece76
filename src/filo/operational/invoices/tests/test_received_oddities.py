"""What is odd in a file of a supplier is told to the cent, and what is not odd is not told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation.files.queries import read_file
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import InvoiceFile, InvoiceLine
from filo.operational.invoices.services import send_invoice, take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import answer, received
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.usefixtures("english")

SIMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronicaSemplificata versione="FSM10"
 xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0">
<FatturaElettronicaHeader><DatiTrasmissione><IdTrasmittente><IdPaese>IT</IdPaese><IdCodice>07643520567</IdCodice>
</IdTrasmittente><ProgressivoInvio>1</ProgressivoInvio><FormatoTrasmissione>FSM10</FormatoTrasmissione>
<CodiceDestinatario>0000000</CodiceDestinatario></DatiTrasmissione>
<CedentePrestatore><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>07643520567</IdCodice></IdFiscaleIVA>
<Denominazione>Bar Sport</Denominazione><RegimeFiscale>RF01</RegimeFiscale></CedentePrestatore>
<CessionarioCommittente><IdentificativiFiscali><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice>
</IdFiscaleIVA></IdentificativiFiscali></CessionarioCommittente></FatturaElettronicaHeader>
<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD07</TipoDocumento><Divisa>EUR</Divisa>
<Data>2026-01-02</Data><Numero>S1</Numero></DatiGeneraliDocumento></DatiGenerali>
<DatiBeniServizi><Descrizione>Pranzo</Descrizione><Importo>11.00</Importo><DatiIVA>{}</DatiIVA></DatiBeniServizi>
</FatturaElettronicaBody></p:FatturaElettronicaSemplificata>"""


def replaced(**said: str) -> bytes:
    content = received().decode()
    for name, value in said.items():
        start, end = content.index(f"<{name}>"), content.index(f"</{name}>")
        content = f"{content[:start]}<{name}>{value}{content[end:]}"
    return content.encode()


@pytest.mark.parametrize(("vat", "told"), [("22.00", 0), ("22.01", 0), ("21.98", 1)])
def test_vat_may_be_wrong_by_a_cent(vat: str, told: int) -> None:
    warnings = read(replaced(Imposta=vat)).warnings
    assert len([one for one in warnings if "VAT of" in str(one)]) == told


@pytest.mark.parametrize(("net", "told"), [("100.90", 0), ("101.10", 1)])
def test_what_is_taxed_may_differ_from_its_lines_by_an_euro(net: str, told: int) -> None:
    warnings = read(replaced(ImponibileImporto=net)).warnings
    assert len([one for one in warnings if "its lines come to" in str(one)]) == told


@pytest.mark.parametrize(
    ("inside", "rate"),
    [
        ("<Imposta>1.00</Imposta>", "10"),
        ("<Aliquota>10.00</Aliquota>", "10"),
        ("<Imposta>1.98</Imposta>", "22"),
        ("<Imposta>0.57</Imposta>", "5.47"),
    ],
)
def test_a_simplified_invoice_may_tell_vat_alone_and_the_buyer_by_number(inside: str, rate: str) -> None:
    found = read(SIMPLE.format(inside).encode())
    (line,) = found.document.bodies[0].lines
    assert (line.rate, line.nature, found.warnings) == (Decimal(rate), "", ())
    assert found.document.bodies[0].whole == Decimal("11.00")


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b" \n\n"])
def test_a_blank_line_before_the_declaration_is_no_wrong_encoding(before: bytes) -> None:
    content = received().replace(b"Camicia", "Camicia à righe".encode())
    assert content.startswith(b"<?xml")
    found = read(before + content)
    assert found.warnings == ()
    assert found.document.bodies[0].lines[0].description == "Camicia à righe"


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><html><body>", b"\n<html lang='it'><head>", b"<HTML >"])
def test_a_saved_page_is_told_as_such(page: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(page)
    assert "web page" in str(refused.value)


def test_what_is_cut_short_is_told_in_our_words_with_the_library_behind_them() -> None:
    with pytest.raises(Unreadable) as refused:
        read(received()[:-300])
    assert str(refused.value).startswith("This file is damaged or cut short at line ")


@pytest.mark.django_db
def test_sums_off_each_unit_are_kept_and_longer_numbers_are_told(
    office: Office, client_of: Callable[[str], CheckedClient]
) -> None:
    off = "<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>0.50</Importo></ScontoMaggiorazione></X>"
    content = replaced(PrezzoUnitario="33.83333333").replace(
        b"</PrezzoUnitario>", f"</PrezzoUnitario>{off.removesuffix('</X>')}".encode()
    )
    (found,) = take_in(office.principal(), [("IT07643520567_ab.xml", content)])
    (invoice,) = found.invoices
    line = InvoiceLine.objects.filter(invoice=invoice).order_by("position").first()
    assert line is not None
    assert (line.off, line.unit_price) == (Decimal("1.50"), Decimal("33.833333"))
    assert "more decimals" in found.file.told["warnings"][0]
    page = client_of("inside").get(f"/invoices/{invoice.id}").content.decode()
    assert "1,50\xa0€</td>" in page
    assert "decimali" in page or "more decimals" in page


def metadata(number: str = "5551") -> tuple[str, bytes]:
    inside = "<CodiceDestinatario>0000000</CodiceDestinatario><Formato>FPR12</Formato>"
    told = (
        '<?xml version="1.0"?><n:FileMetadati xmlns:n="x" versione="1.0">'
        f"<IdentificativoSdI>{number}</IdentificativoSdI><NomeFile>IT07643520567_ab.xml.p7m</NomeFile>{inside}"
        "<MessageId>12</MessageId></n:FileMetadati>"
    )
    return "IT07643520567_ab_MT_001.xml", told.encode()


@pytest.mark.django_db
def test_metadata_are_put_with_the_invoice_that_they_are_about(office: Office) -> None:
    found = take_in(office.principal(), [metadata(), ("IT07643520567_ab.xml", received())])
    invoice, told = found
    assert (invoice.file.kind, told.file.kind) == ("invoice", "notification")
    assert told.file.invoice == invoice.invoices[0]
    assert InvoiceFile.objects.get(pk=invoice.file.pk).exchange_id == "5551"


@pytest.mark.django_db
def test_metadata_that_come_first_wait_for_their_invoice(office: Office) -> None:
    (told,) = take_in(office.principal(), [metadata()])
    assert told.file.kind == "quarantine"
    assert "has not come yet" in told.file.said
    (invoice,) = take_in(office.principal(), [("IT07643520567_ab.xml", received())])
    told.file.refresh_from_db()
    assert (told.file.kind, told.file.invoice) == ("notification", invoice.invoices[0])
    assert InvoiceFile.objects.get(pk=invoice.file.pk).exchange_id == "5551"


@pytest.mark.django_db
def test_what_is_said_of_our_own_files_is_as_before(office: Office) -> None:
    sent = send_invoice(office.principal(), office.issue())
    assert read_file(sent.content)
    (told,) = take_in(office.principal(), [answer("RicevutaConsegna", sent)])
    assert told.file.kind == "notification"
