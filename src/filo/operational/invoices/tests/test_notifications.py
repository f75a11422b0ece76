"""What the exchange says is read for what it is."""

from __future__ import annotations

import pytest

from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.names import file_name, progressive, stem
from filo.operational.invoices.fatturapa.notifications import read_notification

NS = "http://www.fatturapa.gov.it/sdi/messaggi/v1.0"
FIRMS = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0"


def told(root: str, inside: str, space: str = NS) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><types:{root} xmlns:types="{space}" versione="1.0">'
        f"<IdentificativoSdI>111</IdentificativoSdI><NomeFile>IT01234567897_0000a.xml.p7m</NomeFile>{inside}"
        f"<MessageId>42</MessageId></types:{root}>"
    ).encode()


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ("RicevutaConsegna", "RC"),
        ("NotificaScarto", "NS"),
        ("RicevutaScarto", "NS"),
        ("NotificaMancataConsegna", "MC"),
        ("RicevutaImpossibilitaRecapito", "MC"),
        ("NotificaEsito", "NE"),
        ("NotificaDecorrenzaTermini", "DT"),
        ("AttestazioneTrasmissioneFattura", "AT"),
    ],
)
def test_each_kind_is_known_by_its_root(root: str, kind: str) -> None:
    found = read_notification(told(root, "", FIRMS), "IT01234567897_0000a_RC_001.xml")
    assert (found.kind, found.exchange_id, found.message_id) == (kind, "111", "42")
    assert stem(found.filename) == "it01234567897_0000a"


def test_a_refusal_says_why() -> None:
    inside = (
        "<DataOraRicezione>2026-11-28T10:00:00.000+01:00</DataOraRicezione><ListaErrori><Errore><Codice>00404</Codice>"
        "<Descrizione>Fattura duplicata</Descrizione></Errore><Errore><Codice>00311</Codice>"
        "<Descrizione>CodiceDestinatario non valido</Descrizione><Suggerimento>Controllare</Suggerimento></Errore>"
        "</ListaErrori>"
    )
    found = read_notification(told("NotificaScarto", inside))
    assert [(one.code, one.hint) for one in found.complaints] == [("00404", ""), ("00311", "Controllare")]
    assert found.at is not None
    assert found.at.isoformat() == "2026-11-28T10:00:00+01:00"


@pytest.mark.parametrize(("outcome", "accepted"), [("EC01", True), ("EC02", False)])
def test_an_offices_answer_names_the_invoice(outcome: str, accepted: bool) -> None:
    inside = (
        f"<EsitoCommittente><RiferimentoFattura><NumeroFattura>12/A</NumeroFattura><AnnoFattura>2026</AnnoFattura>"
        f"</RiferimentoFattura><Esito>{outcome}</Esito><Descrizione>perché sì</Descrizione></EsitoCommittente>"
    )
    found = read_notification(told("NotificaEsito", inside))
    assert (found.accepted, found.number, found.year, found.note) == (accepted, "12/A", "2026", "perché sì")


@pytest.mark.parametrize("content", [b"<RicevutaConsegna/>", b"<FatturaElettronica/>", b"hello"])
def test_what_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_notification(content)


def test_names_of_files_count_in_base_36() -> None:
    assert [progressive(number) for number in (1, 35, 36, 36**5 - 1)] == ["00001", "0000z", "00010", "zzzzz"]
    assert file_name("IT", "01234567897", 37) == "IT01234567897_00011.xml"
    with pytest.raises(ValueError, match="0"):
        progressive(0)


def test_a_moment_without_a_zone_is_that_of_italy() -> None:
    found = read_notification(told("NotificaScarto", "<DataOraRicezione>2026-06-06T12:00:00</DataOraRicezione>"))
    assert found.at is not None
    assert found.at.isoformat() == "2026-06-06T12:00:00+02:00"
