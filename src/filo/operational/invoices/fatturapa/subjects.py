"""Who sells and who buys, out of the header."""

from __future__ import annotations

from filo.operational.invoices.fatturapa.document import Address, Rea, Subject
from filo.operational.invoices.fatturapa.xml import Node


def subject_of(node: Node) -> Subject:
    """Of the ordinary invoice."""
    facts = "DatiAnagrafici"
    return Subject(
        name=node.text(f"{facts}/Anagrafica/Denominazione"),
        given_name=node.text(f"{facts}/Anagrafica/Nome"),
        family_name=node.text(f"{facts}/Anagrafica/Cognome"),
        vat_country=node.text(f"{facts}/IdFiscaleIVA/IdPaese").upper(),
        vat_number=node.text(f"{facts}/IdFiscaleIVA/IdCodice"),
        tax_code=node.text(f"{facts}/CodiceFiscale").upper(),
        address=_address(node.node("Sede")),
        regime=node.text(f"{facts}/RegimeFiscale"),
        rea=_rea(node.node("IscrizioneREA")),
        phone=node.text("Contatti/Telefono"),
        email=node.text("Contatti/Email"),
    )


def plain_subject(node: Node) -> Subject:
    """Of the simplified invoice, which says it flatly, and of the buyer less."""
    numbers = node.node("IdentificativiFiscali") or node
    facts = node.node("AltriDatiIdentificativi") or node
    return Subject(
        name=facts.text("Denominazione"),
        given_name=facts.text("Nome"),
        family_name=facts.text("Cognome"),
        vat_country=numbers.text("IdFiscaleIVA/IdPaese").upper(),
        vat_number=numbers.text("IdFiscaleIVA/IdCodice"),
        tax_code=numbers.text("CodiceFiscale").upper(),
        address=_address(facts.node("Sede")),
        regime=facts.text("RegimeFiscale"),
        rea=_rea(facts.node("IscrizioneREA")),
    )


def _address(node: Node | None) -> Address | None:
    if node is None:
        return None
    return Address(
        street=node.text("Indirizzo"),
        number=node.text("NumeroCivico"),
        postal_code=node.text("CAP"),
        city=node.text("Comune"),
        province=node.text("Provincia").upper(),
        country=node.text("Nazione").upper() or "IT",
    )


def _rea(node: Node | None) -> Rea | None:
    if node is None:
        return None
    return Rea(
        office=node.text("Ufficio"),
        number=node.text("NumeroREA"),
        capital=node.number("CapitaleSociale"),
        alone=node.text("SocioUnico"),
        winding_up=node.text("StatoLiquidazione") == "LS",
    )
