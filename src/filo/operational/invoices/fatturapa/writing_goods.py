"""Lines, sums by rate, payments and attachments, as they are written."""

from __future__ import annotations

import base64
import re
from itertools import groupby

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.document import Body, Line
from filo.operational.invoices.fatturapa.elements import Branch
from filo.operational.invoices.fatturapa.errors import Unwritable

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def add_goods(node: Branch, body: Body) -> None:
    """All that follows the general data. Raises `Unwritable`."""
    if not body.lines or not body.summaries:
        raise Unwritable(_("An invoice has a line at least."), "DettaglioLinee")
    goods = node.branch("DatiBeniServizi")
    for line in body.lines:
        _add_line(goods.branch("DettaglioLinee"), line)
    for one in body.summaries:
        part = goods.branch("DatiRiepilogo")
        part.rate("AliquotaIVA", one.rate)
        part.maybe_ascii("Natura", one.nature, 4)
        if one.rounding:
            part.fine("Arrotondamento", one.rounding)
        part.sum("ImponibileImporto", one.net)
        part.sum("Imposta", one.vat)
        part.maybe_ascii("EsigibilitaIVA", one.due, 1)
        part.maybe("RiferimentoNormativo", one.law, 100)
    _add_payments(node, body)
    for attachment in body.attachments:
        part = node.branch("Allegati")
        part.latin("NomeAttachment", attachment.name, 60, _("An attachment has no name."))
        part.maybe_ascii("AlgoritmoCompressione", attachment.packed, 10)
        part.maybe_ascii("FormatoAttachment", attachment.form, 10)
        part.maybe("DescrizioneAttachment", attachment.description, 100)
        part.leaf("Attachment", base64.b64encode(attachment.content).decode("ascii"))


def _add_line(node: Branch, line: Line) -> None:
    if line.quantity is not None and line.quantity < 0:
        raise Unwritable(
            _("Line %(number)s: a quantity cannot be negative. Write a negative price, or a credit note.")
            % {"number": line.number},
            "Quantita",
        )
    if bool(line.rate) == bool(line.nature):
        raise Unwritable(
            _("Line %(number)s: without VAT the reason (N1 to N7) has to be told, and with VAT there is none.")
            % {"number": line.number},
            "Natura",
        )
    node.leaf("NumeroLinea", str(line.number))
    node.maybe_ascii("TipoCessionePrestazione", line.kind, 2)
    if line.code:
        code = node.branch("CodiceArticolo")
        code.maybe_ascii("CodiceTipo", line.code_kind or "INTERNO", 35)
        code.latin("CodiceValore", line.code, 35, "")
    missing = _("Line %(number)s has no description.") % {"number": line.number}
    node.latin("Descrizione", line.description, 1000, missing)
    if line.quantity is not None:
        node.fine("Quantita", line.quantity)
        node.maybe("UnitaMisura", line.unit, 10)
    node.day("DataInizioPeriodo", line.since)
    node.day("DataFinePeriodo", line.until)
    node.fine("PrezzoUnitario", line.unit_price)
    for reduction in line.reductions:
        node.reduction(reduction)
    node.fine("PrezzoTotale", line.total)
    node.rate("AliquotaIVA", line.rate)
    node.flag("Ritenuta", line.withheld)
    node.maybe_ascii("Natura", line.nature, 4)


def _add_payments(node: Branch, body: Body) -> None:
    for terms, group in groupby(body.payments, key=lambda one: one.terms):
        part = node.branch("DatiPagamento")
        part.leaf("CondizioniPagamento", terms)
        for one in group:
            detail = part.branch("DettaglioPagamento")
            detail.leaf("ModalitaPagamento", one.method)
            detail.day("DataScadenzaPagamento", one.due)
            detail.sum("ImportoPagamento", one.amount)
            detail.maybe("IstitutoFinanziario", one.bank, 80)
            detail.maybe_ascii("IBAN", _iban(one.iban), 34)
            detail.maybe_ascii("CodicePagamento", one.code, 60)


def _iban(text: str) -> str:
    found = text.replace(" ", "").upper()
    if found and not _IBAN.fullmatch(found):
        raise Unwritable(_("“%(iban)s” is no IBAN.") % {"iban": text[:40]}, "IBAN")
    return found
