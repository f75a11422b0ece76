"""Numbers with a wrong check digit, as sample files bear them: read with a warning, told before an invoice leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceFile
from filo.operational.invoices.odd_numbers import WouldBeRejected
from filo.operational.invoices.services import send_invoice, take_in
from filo.operational.invoices.tests.office import SELLER_VAT, Office
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ODD = "01234567890"
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def trying(office: Office) -> Office:
    """The company bears the invented number of the samples."""
    SellingCompany.objects.filter(pk=office.company.pk).update(vat_number=ODD)
    office.company.refresh_from_db()
    return office


def corrected(office: Office) -> None:
    SellingCompany.objects.filter(pk=office.company.pk).update(vat_number=SELLER_VAT)


def sample(number: str) -> bytes:
    """An invoice to us, from a seller whose number is right."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
<FatturaElettronicaHeader><DatiTrasmissione><IdTrasmittente><IdPaese>IT</IdPaese><IdCodice>{number}</IdCodice>
</IdTrasmittente><ProgressivoInvio>1</ProgressivoInvio><FormatoTrasmissione>FPR12</FormatoTrasmissione>
<CodiceDestinatario>0000000</CodiceDestinatario></DatiTrasmissione><CedentePrestatore><DatiAnagrafici><IdFiscaleIVA>
<IdPaese>IT</IdPaese><IdCodice>{number}</IdCodice></IdFiscaleIVA><Anagrafica><Denominazione>Noi</Denominazione>
</Anagrafica><RegimeFiscale>RF01</RegimeFiscale></DatiAnagrafici></CedentePrestatore><CessionarioCommittente>
<DatiAnagrafici><CodiceFiscale>00743110157</CodiceFiscale><Anagrafica><Denominazione>Cliente</Denominazione>
</Anagrafica></DatiAnagrafici></CessionarioCommittente></FatturaElettronicaHeader><FatturaElettronicaBody>
<DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa><Data>2024-03-05</Data>
<Numero>7</Numero></DatiGeneraliDocumento></DatiGenerali><DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea>
<Descrizione>Prova</Descrizione><PrezzoUnitario>10.00</PrezzoUnitario><PrezzoTotale>10.00</PrezzoTotale>
<AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA>
<ImponibileImporto>10.00</ImponibileImporto><Imposta>2.20</Imposta></DatiRiepilogo></DatiBeniServizi>
</FatturaElettronicaBody></p:FatturaElettronica>""".encode()


def test_an_old_invoice_of_ours_with_an_odd_number_is_read_with_a_warning(trying: Office) -> None:
    (found,) = take_in(trying.principal(), [("IT01234567890_1.xml", sample(ODD))])
    assert found.file.kind == "invoice"
    assert [(one.direction, one.number, one.state) for one in found.invoices] == [("issued", "7", "kept")]
    assert found.file.told["warnings"] == ["Partita IVA del cedente 01234567890: la cifra di controllo è sbagliata."]


def test_a_right_number_gives_no_warning(office: Office) -> None:
    (found,) = take_in(office.principal(), [("IT01234567897_1.xml", sample(SELLER_VAT))])
    assert found.file.told["warnings"] == []


def test_before_sending_it_is_said_that_the_exchange_would_reject_it(trying: Office, client_of: ClientOf) -> None:
    invoice, told = trying.issue("100"), "Lo SdI scarterebbe questa fattura"
    for address in (f"/invoices/{invoice.pk}", f"/invoices/{trying.draft('5').pk}"):
        assert told in client_of("inside").get(address).content.decode()
    CompanyFiscal.objects.filter(company=trying.company).update(way="folder")
    with pytest.raises(WouldBeRejected, match=ODD) as refused:
        send_invoice(trying.principal(), invoice)
    assert "impostazioni" in str(refused.value)
    assert trying.again(invoice).state == "issued"
    assert not InvoiceFile.objects.filter(kind="sent").exists()


def test_by_hand_it_leaves_for_trying_and_the_file_says_so(trying: Office, client_of: ClientOf) -> None:
    invoice = trying.issue("100")
    page = client_of("inside").post(f"/invoices/{invoice.pk}/send", {"way": "hand"}, follow=True).content.decode()
    assert trying.again(invoice).state == "sent"
    assert "scarterebbe" in page
    assert len(InvoiceFile.objects.get(kind="sent").told["warnings"]) == 1


def test_once_the_number_is_corrected_that_one_is_sent(trying: Office, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    invoice = trying.issue("100")
    CompanyFiscal.objects.filter(company=trying.company).update(way="folder")
    corrected(trying)
    kept = send_invoice(trying.principal(), trying.again(invoice))
    assert kept.told.get("warnings") is None
    assert trying.again(invoice).seller["vat_number"] == SELLER_VAT
    assert Invoice.objects.get(pk=invoice.pk).number == invoice.number


def test_a_tax_code_with_a_wrong_digit_warns_and_can_be_kept(office: Office, client_of: ClientOf) -> None:
    client, address = client_of("admin"), f"/settings/invoices/{office.company.pk}"
    fiscal = CompanyFiscal.objects.get(company=office.company)
    typed = {"tax_code": ODD, "regime": "RF01", "method": "MP05", "version": str(fiscal.version), "terms": "30 FM"}
    warned = client.post(address, typed)
    assert warned.status_code == 422
    assert 'name="odd_tax_code"' in warned.content.decode()
    assert client.post(address, {**typed, "odd_tax_code": "on"}).status_code == 302
    fiscal.refresh_from_db()
    assert fiscal.tax_code == ODD
    assert 'name="odd_tax_code"' in client.get(address).content.decode()


def test_the_settings_say_which_company_has_an_odd_number(trying: Office, client_of: ClientOf) -> None:
    page = client_of("admin").get("/settings/invoices").content.decode()
    assert page.count("Partita IVA con cifra di controllo sbagliata") == 1
