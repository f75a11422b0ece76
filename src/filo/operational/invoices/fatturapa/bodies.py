"""One invoice out of a file."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.codes import TYPES
from filo.operational.invoices.fatturapa.document import (
    ZERO,
    Attachment,
    Body,
    Fund,
    Line,
    Payment,
    Reduction,
    Reference,
    Summary,
    Withholding,
)
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.xml import MOST_PRICE, Node

REFERENCES = {
    "order": "DatiOrdineAcquisto",
    "contract": "DatiContratto",
    "agreement": "DatiConvenzione",
    "receipt": "DatiRicezione",
    "invoice": "DatiFattureCollegate",
}


def body_of(node: Node) -> Body:
    """Raises `Unreadable` where number, day, type or lines are missing."""
    general = node.node("DatiGenerali/DatiGeneraliDocumento")
    if general is None:
        raise Unreadable(_("The file does not say which document it is (DatiGeneraliDocumento is missing)."))
    day, lines = day_told(general), _lines(node)
    funds = tuple(_fund(one) for one in general.nodes("DatiCassaPrevidenziale"))
    summaries = tuple(_summary(one) for one in node.nodes("DatiBeniServizi/DatiRiepilogo"))
    return Body(
        type=type_told(general),
        day=day,
        number=told(general, "Numero"),
        currency=general.text("Divisa") or "EUR",
        total=general.number("ImportoTotaleDocumento"),
        rounding=general.number("Arrotondamento") or ZERO,
        stamped=general.text("DatiBollo/BolloVirtuale") == "SI",
        stamp=general.number("DatiBollo/ImportoBollo"),
        withholdings=tuple(_withholding(one) for one in general.nodes("DatiRitenuta")),
        funds=funds,
        reductions=tuple(_reduction(one) for one in general.nodes("ScontoMaggiorazione")),
        causes=tuple(one.text() for one in general.nodes("Causale")),
        references=_references(node.node("DatiGenerali")),
        lines=lines,
        summaries=summaries or _summed(lines, funds),
        lacks_summaries=not summaries,
        payments=_payments(node, day),
        attachments=attachments_of(node),
    )


def told(general: Node, name: str) -> str:
    """A text that no invoice may lack."""
    if not (found := general.text(name)):
        names = {
            "Numero": _("The invoice has no number (Numero is missing)."),
            "TipoDocumento": _("The file does not say whether this is an invoice (TipoDocumento is missing)."),
        }
        raise Unreadable(names[name])
    return found


def type_told(general: Node) -> str:
    """Which kind of document it is, as a code that is known."""
    found = told(general, "TipoDocumento")
    if found not in TYPES:
        raise Unreadable(_("“%(code)s” is no kind of document that is known (TipoDocumento).") % {"code": found[:20]})
    return found


def day_told(general: Node) -> date:
    """The day, which no invoice may lack."""
    if (found := general.day("Data")) is None:
        raise Unreadable(_("The invoice has no date (Data is missing)."))
    return found


def _lines(node: Node) -> tuple[Line, ...]:
    found = tuple(_line(one, at) for at, one in enumerate(node.nodes("DatiBeniServizi/DettaglioLinee"), 1))
    if not found:
        raise Unreadable(_("The invoice has no lines (DettaglioLinee is missing)."))
    return found


def _line(node: Node, place: int) -> Line:
    quantity, price = node.number("Quantita"), node.number("PrezzoUnitario", below=MOST_PRICE) or ZERO
    total = node.number("PrezzoTotale")
    return Line(
        number=int(node.number("NumeroLinea") or place),
        kind=node.text("TipoCessionePrestazione"),
        code_kind=node.text("CodiceArticolo/CodiceTipo"),
        code=node.text("CodiceArticolo/CodiceValore"),
        description=node.text("Descrizione"),
        quantity=quantity,
        unit=node.text("UnitaMisura"),
        since=node.day("DataInizioPeriodo"),
        until=node.day("DataFinePeriodo"),
        unit_price=price,
        reductions=tuple(_reduction(one) for one in node.nodes("ScontoMaggiorazione")),
        total=price * (Decimal(1) if quantity is None else quantity) if total is None else total,
        rate=node.rate("AliquotaIVA") or ZERO,
        withheld=node.text("Ritenuta") == "SI",
        nature=node.text("Natura"),
    )


def _reduction(node: Node) -> Reduction:
    return Reduction(percent=node.number("Percentuale"), amount=node.number("Importo"), more=node.text("Tipo") == "MG")


def _summary(node: Node) -> Summary:
    return Summary(
        rate=node.rate("AliquotaIVA") or ZERO,
        nature=node.text("Natura"),
        rounding=node.number("Arrotondamento") or ZERO,
        net=node.number("ImponibileImporto") or ZERO,
        vat=node.number("Imposta") or ZERO,
        due=node.text("EsigibilitaIVA"),
        law=node.text("RiferimentoNormativo"),
    )


def _summed(lines: Iterable[Line], funds: Iterable[Fund]) -> tuple[Summary, ...]:
    """What falls under each rate, where that is not told."""
    sums: dict[tuple[Decimal, str], Decimal] = {}
    for rate, nature, amount in (
        *((one.rate, one.nature, one.total) for one in lines),
        *((one.vat_rate, one.nature, one.amount) for one in funds),
    ):
        sums[rate, nature] = sums.get((rate, nature), ZERO) + amount
    return tuple(
        Summary(rate=rate, nature=nature, net=_cents(net), vat=_cents(_cents(net) * rate / 100))
        for (rate, nature), net in sums.items()
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _withholding(node: Node) -> Withholding:
    return Withholding(
        kind=node.text("TipoRitenuta"),
        amount=node.number("ImportoRitenuta") or ZERO,
        rate=node.rate("AliquotaRitenuta") or ZERO,
        cause=node.text("CausalePagamento"),
    )


def _fund(node: Node) -> Fund:
    return Fund(
        kind=node.text("TipoCassa"),
        rate=node.rate("AlCassa") or ZERO,
        amount=node.number("ImportoContributoCassa") or ZERO,
        base=node.number("ImponibileCassa"),
        vat_rate=node.rate("AliquotaIVA") or ZERO,
        withheld=node.text("Ritenuta") == "SI",
        nature=node.text("Natura"),
    )


def _references(general: Node | None) -> tuple[Reference, ...]:
    if general is None:
        return ()
    found = [_reference(kind, one) for kind, name in REFERENCES.items() for one in general.nodes(name)]
    notes = [
        Reference(kind="ddt", number=one.text("NumeroDDT"), day=one.day("DataDDT"), lines=_numbers(one))
        for one in general.nodes("DatiDDT")
    ]
    return tuple(one for one in (*found, *notes) if one.number or one.cig or one.cup or one.job)


def _reference(kind: str, node: Node) -> Reference:
    return Reference(
        kind=kind,
        number=node.text("IdDocumento"),
        day=node.day("Data"),
        lines=_numbers(node),
        item=node.text("NumItem"),
        job=node.text("CodiceCommessaConvenzione"),
        cup=node.text("CodiceCUP"),
        cig=node.text("CodiceCIG"),
    )


def _numbers(node: Node) -> tuple[int, ...]:
    found = [one.text() for one in node.nodes("RiferimentoNumeroLinea")]
    return tuple(int(one) for one in found if one.isdecimal() and len(one) <= 4)


def _payments(node: Node, day: date) -> tuple[Payment, ...]:
    return tuple(
        Payment(
            terms=group.text("CondizioniPagamento"),
            method=one.text("ModalitaPagamento"),
            due=_due(one, day),
            amount=one.number("ImportoPagamento") or ZERO,
            lacks_amount=not one.text("ImportoPagamento"),
            bank=one.text("IstitutoFinanziario"),
            iban=one.text("IBAN").replace(" ", ""),
            code=one.text("CodicePagamento"),
        )
        for group in node.nodes("DatiPagamento")
        for one in group.nodes("DettaglioPagamento")
    )


def _due(node: Node, day: date) -> date | None:
    """The day by which it is to be paid, told as such or in days from another (2.4.2.3 to 2.4.2.5)."""
    told, days = node.day("DataScadenzaPagamento"), node.text("GiorniTerminiPagamento")
    if told is not None or not days.isdecimal() or len(days) > 3:
        return told
    since = node.day("DataRiferimentoTerminiPagamento") or day
    return since + min(timedelta(days=int(days)), date.max - since)


def attachments_of(node: Node) -> tuple[Attachment, ...]:
    """What else lies in the file; of what is damaged the name alone."""
    return tuple(
        Attachment(
            name=one.text("NomeAttachment"),
            packed=one.text("AlgoritmoCompressione"),
            form=one.text("FormatoAttachment"),
            description=one.text("DescrizioneAttachment"),
            content=_content(one.text("Attachment")),
        )
        for one in node.nodes("Allegati")
        if one.text("NomeAttachment") or one.text("Attachment")
    )


def _content(text: str) -> bytes:
    bare = "".join(text.split())
    end = "" if "=" in bare else "=" * (-len(bare) % 4)  # some programs leave it out
    try:
        return base64.b64decode(bare + end)
    except (binascii.Error, ValueError):
        return b""
