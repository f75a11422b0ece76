"""Write an electronic invoice (FatturaPA 1.2.3, FPA12 and FPR12), in the order of its schema.

What the schema would refuse is refused here, in a sentence that names what is to be done.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from lxml import etree

from filo.operational.invoices.fatturapa.document import TO_FIRMS, TO_OFFICES, Body, Document, Transmission
from filo.operational.invoices.fatturapa.elements import Branch
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.writing_goods import add_goods
from filo.operational.invoices.fatturapa.writing_subjects import add_buyer, add_seller

NAMESPACE: Final = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
_PLACES: Final = {
    "order": "DatiOrdineAcquisto",
    "contract": "DatiContratto",
    "agreement": "DatiConvenzione",
    "receipt": "DatiRicezione",
    "invoice": "DatiFattureCollegate",
}


def write(document: Document) -> bytes:
    """The XML, in UTF-8. Raises `Unwritable`."""
    form = document.transmission.form
    if form not in (TO_FIRMS, TO_OFFICES):
        raise Unwritable(_("“%(form)s” is no form in which invoices are sent.") % {"form": form}, "FormatoTrasmissione")
    if not document.bodies:
        raise Unwritable(_("There is no invoice in this file."), "FatturaElettronicaBody")
    root = etree.Element(f"{{{NAMESPACE}}}FatturaElettronica", nsmap={"p": NAMESPACE}, versione=form)
    top = Branch(root)
    header = top.branch("FatturaElettronicaHeader")
    _add_transmission(header, document.transmission)
    add_seller(header, document.seller)
    add_buyer(header, document.buyer)
    if document.issued_by:
        header.leaf("SoggettoEmittente", document.issued_by)
    for body in document.bodies:
        _add_body(top.branch("FatturaElettronicaBody"), body)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_transmission(header: Branch, said: Transmission) -> None:
    length = 6 if said.form == TO_OFFICES else 7
    if len(said.recipient) != length or not said.recipient.isascii() or not said.recipient.isalnum():
        raise Unwritable(
            _("“%(code)s” is no address of the exchange: it has %(length)s letters and digits here.")
            % {"code": said.recipient, "length": length},
            "CodiceDestinatario",
        )
    found = header.branch("DatiTrasmissione")
    sender = found.branch("IdTrasmittente")
    sender.country("IdPaese", said.sender_country)
    sender.ascii("IdCodice", said.sender_code, 28)
    found.ascii("ProgressivoInvio", said.progressive, 10)
    found.leaf("FormatoTrasmissione", said.form)
    found.leaf("CodiceDestinatario", said.recipient.upper())
    if said.certified_mail and said.recipient == "0000000":
        found.leaf("PECDestinatario", said.certified_mail.strip())


def _add_body(node: Branch, body: Body) -> None:
    general = node.branch("DatiGenerali")
    _add_document(general.branch("DatiGeneraliDocumento"), body)
    for kind, name in _PLACES.items():
        for one in (found for found in body.references if found.kind == kind):
            part = general.branch(name)
            part.numbers("RiferimentoNumeroLinea", one.lines)
            part.ascii("IdDocumento", one.number, 20)
            part.day("Data", one.day)
            part.maybe_ascii("NumItem", one.item, 20)
            part.maybe("CodiceCommessaConvenzione", one.job, 100)
            part.maybe_ascii("CodiceCUP", one.cup, 15)
            part.maybe_ascii("CodiceCIG", one.cig, 15)
    for one in (found for found in body.references if found.kind == "ddt"):
        part = general.branch("DatiDDT")
        part.ascii("NumeroDDT", one.number, 20)
        part.day("DataDDT", one.day or body.day)
        part.numbers("RiferimentoNumeroLinea", one.lines)
    add_goods(node, body)


def _add_document(node: Branch, body: Body) -> None:
    if not any(sign.isdigit() for sign in body.number):
        raise Unwritable(_("The number of an invoice has a digit at least."), "Numero")
    if body.day < date(1970, 1, 1):
        raise Unwritable(_("An electronic invoice cannot be older than 1970."), "Data")
    node.leaf("TipoDocumento", body.type)
    node.leaf("Divisa", body.currency)
    node.day("Data", body.day)
    node.ascii("Numero", body.number, 20)
    for held in body.withholdings:
        if not held.cause:
            raise Unwritable(_("The withholding has no reason (the letter of the CU)."), "CausalePagamento")
        part = node.branch("DatiRitenuta")
        part.leaf("TipoRitenuta", held.kind)
        part.sum("ImportoRitenuta", held.amount)
        part.rate("AliquotaRitenuta", held.rate)
        part.leaf("CausalePagamento", held.cause)
    if body.stamp is not None or body.stamped:
        part = node.branch("DatiBollo")
        part.leaf("BolloVirtuale", "SI")
        part.maybe_sum("ImportoBollo", body.stamp)
    for fund in body.funds:
        part = node.branch("DatiCassaPrevidenziale")
        part.leaf("TipoCassa", fund.kind)
        part.rate("AlCassa", fund.rate)
        part.sum("ImportoContributoCassa", fund.amount)
        part.maybe_sum("ImponibileCassa", fund.base)
        part.rate("AliquotaIVA", fund.vat_rate)
        part.flag("Ritenuta", fund.withheld)
        part.maybe_ascii("Natura", fund.nature, 4)
    for reduction in body.reductions:
        node.reduction(reduction)
    node.maybe_sum("ImportoTotaleDocumento", body.total)
    if body.rounding:
        node.sum("Arrotondamento", body.rounding)
    for cause in body.causes:
        node.pieces("Causale", cause, 200)
