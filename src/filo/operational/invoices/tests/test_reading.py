"""What strangers send: every sample is read, or refused with the one sentence that says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.signed import NO_SIGNATURE
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.fatturapa.xml import AS_WINDOWS
from filo.operational.invoices.tests.schema import SAMPLES, complaints, samples
from filo.operational.invoices.tests.test_written_xml import DOCUMENT

pytestmark = pytest.mark.usefixtures("english")

beside = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of others do not lie beside this clone")
REFUSED = {
    "missing_CedentePrestatore.xml": "The file does not say who sells (CedentePrestatore is missing).",
    "test.txt.p7m": "This file is no XML, so that it holds no invoice.",
}
TAMPERED = {"IT02182030391_31_tampered.xml.p7m", "IT02182030391_31_tampered.Base64.xml.p7m"}
OLD_DETAILS = {"IT01234567890_FPA02.xml", "IT01234567890_FPR02.xml"}


@beside
@pytest.mark.parametrize("path", [*samples("*/*.xml"), *samples("*/*.p7m")], ids=lambda path: path.name)
def test_every_sample_is_read_or_refused_with_its_reason(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(Unreadable) as refused:
            read(path.read_bytes(), path.name)
        assert str(refused.value) == REFUSED[path.name]
        return
    found = read(path.read_bytes(), path.name)
    assert found.document.seller.full_name
    assert found.document.buyer.full_name
    for body in found.document.bodies:
        assert body.lines
        assert body.number
    assert (str(NO_SIGNATURE) in found.warnings) == (path.name in TAMPERED)


@beside
@pytest.mark.parametrize(
    ("name", "numbers", "totals"),
    [
        ("FatturaElettronica.NET/IT02182030391_32.windows-1252.xml", ["3", "4"], ["174.80", "174.80"]),
        ("FatturaElettronica.NET/IT01234567890_FSM10.xml", ["123"], ["25.00"]),
        ("fatturapa-testsdi/IT01234567890_FPR03.xml", ["123", "456"], ["32.95", "2440.00"]),
        ("FatturaElettronica.NET/IT02182030391_31.xml.p7m", ["2"], ["122.00"]),
    ],
)
def test_numbers_and_totals_are_those_of_the_file(name: str, numbers: list[str], totals: list[str]) -> None:
    found = read((SAMPLES / name).read_bytes(), name)
    assert [one.number for one in found.document.bodies] == numbers
    assert [str(one.whole) for one in found.document.bodies] == totals


@beside
@pytest.mark.parametrize("path", samples("*/IT02182030391_3[12].xml*"), ids=lambda path: path.name)
def test_a_sample_that_is_written_again_is_what_the_schema_takes(path: Path) -> None:
    document = read(path.read_bytes(), path.name).document
    made = write(document)
    assert complaints(made, "FPR12") == []
    again = read(made).document
    assert again.bodies == document.bodies


def test_a_simplified_invoice_has_its_vat_taken_out() -> None:
    content = b"""<FatturaElettronicaSemplificata versione="FSM10"><FatturaElettronicaHeader><DatiTrasmissione/>
    <CedentePrestatore><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice></IdFiscaleIVA>
    <Denominazione>Bar</Denominazione></CedentePrestatore><CessionarioCommittente><IdentificativiFiscali>
    <CodiceFiscale>rssmra80a01f205x</CodiceFiscale></IdentificativiFiscali></CessionarioCommittente>
    </FatturaElettronicaHeader><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>
    <TipoDocumento>TD07</TipoDocumento><Divisa>EUR</Divisa><Data>2026-01-02</Data><Numero>9</Numero>
    </DatiGeneraliDocumento></DatiGenerali><DatiBeniServizi><Descrizione>Pranzo</Descrizione><Importo>110.00</Importo>
    <DatiIVA><Aliquota>10.00</Aliquota></DatiIVA></DatiBeniServizi></FatturaElettronicaBody>
    </FatturaElettronicaSemplificata>"""
    found = read(content)
    (body,) = found.document.bodies
    assert (body.summaries[0].net, body.summaries[0].vat, body.whole) == (Decimal(100), Decimal(10), Decimal(110))
    assert found.document.buyer.tax_code == "RSSMRA80A01F205X"
    assert found.warnings == ()


def test_letters_in_another_encoding_than_is_said_are_mended_and_told() -> None:
    content = write(DOCUMENT).replace("Città".encode(), "Città".encode("cp1252"))
    found = read(content)
    assert found.document.buyer.name == "Città & Figli S.n.c."
    assert found.warnings == (str(AS_WINDOWS),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252", "iso-8859-15"])
def test_every_encoding_that_is_said_truly_is_read(encoding: str) -> None:
    text = write(DOCUMENT).decode().replace("UTF-8", encoding.replace("-sig", ""))
    assert read(text.encode(encoding)).document.buyer.name == "Città & Figli S.n.c."


@pytest.mark.parametrize(
    ("cut", "sentence"),
    [
        ("CedentePrestatore", "The file does not say who sells (CedentePrestatore is missing)."),
        ("CessionarioCommittente", "The file does not say who buys (CessionarioCommittente is missing)."),
        ("FatturaElettronicaBody", "The file is cut short: FatturaElettronicaBody is missing."),
        ("Numero", "The invoice has no number (Numero is missing)."),
        ("Data", "The invoice has no date (Data is missing)."),
        ("DettaglioLinee", "The invoice has no lines (DettaglioLinee is missing)."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(cut: str, sentence: str) -> None:
    text = write(DOCUMENT).decode()
    start, end = text.index(f"<{cut}>"), text.index(f"</{cut}>") + len(cut) + 3
    with pytest.raises(Unreadable) as refused:
        read((text[:start] + text[end:]).encode())
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("<Imposta>22.00", "<Imposta>ventidue", "In Imposta stands “ventidue”, which is no number."),
        ("<Data>2026-11-28", "<Data>28/11/2026", "In Data stands “28/11/2026”, which is no day."),
        ("<Imposta>22.00", "<Imposta>1e99", "In Imposta stands “1e99”, which is no number."),
    ],
)
def test_a_value_that_cannot_be_read_is_named(was: str, now: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(write(DOCUMENT).decode().replace(was, now).encode())
    assert str(refused.value) == sentence


def test_sums_that_do_not_fit_are_told_and_the_invoice_is_read() -> None:
    found = read(write(DOCUMENT).decode().replace("<Imposta>22.00", "<Imposta>12.00").encode())
    assert found.warnings == (
        "Invoice 12/A: the total is 122.00, but its rates come to 112.00.",
        "Invoice 12/A: VAT of 12.00 is not 22.00 % of 100.00.",
    )


def test_a_day_with_a_zone_is_a_day() -> None:
    found = read(write(DOCUMENT).decode().replace("<Data>2026-11-28", "<Data>2026-11-28+01:00").encode())
    assert found.document.bodies[0].day == date(2026, 11, 28)
