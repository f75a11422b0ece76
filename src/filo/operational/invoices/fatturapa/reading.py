"""Read an electronic invoice, signed or bare: the ordinary one (FPA12, FPR12, also of older versions) and the
simplified one (FSM10). What is missing for it to be an invoice is said in a sentence; what is merely odd is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.operational.invoices.fatturapa.bodies import body_of
from filo.operational.invoices.fatturapa.document import SIMPLIFIED, Body, Document, Received, Transmission
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.signed import looks_signed, opened
from filo.operational.invoices.fatturapa.simplified import simplified_body
from filo.operational.invoices.fatturapa.subjects import plain_subject, subject_of
from filo.operational.invoices.fatturapa.xml import Node, parsed

MENDED = gettext_lazy("The letters in this file were not in the encoding it names; they were read as Windows text.")
ONE_CENT = 1
_ROOTS = {"FatturaElettronica": False, "FatturaElettronicaSemplificata": True}


def read(content: bytes, filename: str = "") -> Received:
    """What a file says. Raises `Unreadable`, with a sentence that says what is wrong or missing."""
    if not content.strip():
        raise Unreadable(_("This file is empty."))
    signer, warnings = "", []
    if looks_signed(content, filename) or content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"<", b"\xff", b"\xfe"):
        inner = opened(content)
        content, signer = inner.content, inner.signed_by
        warnings += [inner.warning] if inner.warning else []
    root, mended = parsed(content)
    if root.name not in _ROOTS:
        raise Unreadable(_("This is XML, but no electronic invoice: it begins with “%(name)s”.") % {"name": root.name})
    document = _document(root, simplified=_ROOTS[root.name])
    warnings += [MENDED] if mended else []
    warnings += list(_oddities(document))
    told = tuple(str(one) for one in warnings)
    return Received(document=document, filename=filename, xml=content, signed_by=signer, warnings=told)


def _document(root: Node, *, simplified: bool) -> Document:
    header = root.node("FatturaElettronicaHeader")
    bodies = root.nodes("FatturaElettronicaBody")
    if header is None:
        raise _lacking("FatturaElettronicaHeader")
    if not bodies:
        raise _lacking("FatturaElettronicaBody")
    seller, buyer = header.node("CedentePrestatore"), header.node("CessionarioCommittente")
    if seller is None:
        raise Unreadable(_("The file does not say who sells (CedentePrestatore is missing)."))
    if buyer is None:
        raise Unreadable(_("The file does not say who buys (CessionarioCommittente is missing)."))
    read_body = simplified_body if simplified else body_of
    read_subject = plain_subject if simplified else subject_of
    return Document(
        transmission=_transmission(header, root.element.get("versione") or (SIMPLIFIED if simplified else "")),
        seller=read_subject(seller),
        buyer=read_subject(buyer),
        bodies=tuple(read_body(one) for one in bodies),
        issued_by=header.text("SoggettoEmittente"),
    )


def _transmission(header: Node, version: str) -> Transmission:
    return Transmission(
        sender_country=header.text("DatiTrasmissione/IdTrasmittente/IdPaese"),
        sender_code=header.text("DatiTrasmissione/IdTrasmittente/IdCodice"),
        progressive=header.text("DatiTrasmissione/ProgressivoInvio"),
        form=header.text("DatiTrasmissione/FormatoTrasmissione") or version,
        recipient=header.text("DatiTrasmissione/CodiceDestinatario"),
        certified_mail=header.text("DatiTrasmissione/PECDestinatario"),
    )


def _lacking(name: str) -> Unreadable:
    return Unreadable(_("The file is cut short: %(name)s is missing.") % {"name": name})


def _oddities(document: Document) -> Iterator[object]:
    """What does not fit together in what was read."""
    for side, subject in ((_("seller"), document.seller), (_("buyer"), document.buyer)):
        if not subject.full_name:
            yield _("The name of the %(side)s is missing.") % {"side": side}
        if not (subject.vat_number or subject.tax_code):
            yield _("The %(side)s has neither VAT number nor tax code.") % {"side": side}
    for body in document.bodies:
        yield from _odd_sums(body)
        for one in body.attachments:
            if not one.content:
                yield _("The attachment “%(name)s” is damaged and was left out.") % {"name": one.name[:60]}


def _odd_sums(body: Body) -> Iterator[object]:
    told = {"number": body.number}
    if body.total is not None and body.summaries and abs(body.total - body.summed - body.rounding) > ONE_CENT:
        sums = {"total": body.total, "summed": body.summed + body.rounding}
        yield _("Invoice %(number)s: the total is %(total)s, but its rates come to %(summed)s.") % {**told, **sums}
    for one in body.summaries:
        if abs(one.net * one.rate / 100 - one.vat) > ONE_CENT:
            sums = {"vat": one.vat, "net": one.net, "rate": one.rate}
            yield _("Invoice %(number)s: VAT of %(vat)s is not %(rate)s %% of %(net)s.") % {**told, **sums}
