"""Read an electronic invoice, signed or bare: the ordinary one (FPA12, FPR12, also of older versions) and the
simplified one (FSM10). What is missing for it to be an invoice is said in a sentence; what is merely odd is a warning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from filo.foundation.italy.tax import has_wrong_check_digit
from filo.operational.invoices.fatturapa.bodies import body_of
from filo.operational.invoices.fatturapa.document import (
    SIMPLIFIED,
    ZERO,
    Body,
    Document,
    Received,
    Summary,
    Transmission,
)
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.signed import Opened, looks_signed, opened
from filo.operational.invoices.fatturapa.simplified import simplified_body
from filo.operational.invoices.fatturapa.subjects import plain_subject, subject_of
from filo.operational.invoices.fatturapa.xml import Node, parsed

# What the exchange lets pass: a cent of VAT (check 00421), an euro of what is taxed (00422).
ONE_CENT, ONE_EURO = Decimal("0.01"), Decimal(1)
_ROOTS = {"FatturaElettronica": False, "FatturaElettronicaSemplificata": True}


def read(content: bytes, filename: str = "") -> Received:
    """What a file says. Raises `Unreadable`, with a sentence that says what is wrong or missing."""
    if not content.strip():
        raise Unreadable(_("This file is empty."))
    signer, warnings = "", []
    if looks_signed(content, filename) or content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"<", b"\xff", b"\xfe"):
        inner = _opened(content, filename)
        content, signer = inner.content, inner.signed_by
        warnings += [inner.warning] if inner.warning else []
    root, mended = parsed(content)
    if root.name not in _ROOTS:
        raise Unreadable(_("This is XML, but no electronic invoice: it begins with “%(name)s”.") % {"name": root.name})
    document = _document(root, simplified=_ROOTS[root.name])
    warnings += [mended] if mended else []
    warnings += list(_oddities(document))
    told = tuple(str(one) for one in warnings)
    return Received(document=document, filename=filename, xml=content, signed_by=signer, warnings=told)


def _opened(content: bytes, filename: str) -> Opened:
    try:
        return opened(content)
    except Unreadable:
        if looks_signed(content, filename):
            raise
        if content.startswith(b"%PDF-"):
            raise Unreadable(
                _("This is a PDF, not an electronic invoice: ask for the XML file that belongs to it.")
            ) from None
        raise Unreadable(_("This file is no XML, so that it holds no invoice.")) from None


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
        is_brief = document.transmission.form == SIMPLIFIED and subject is document.buyer
        if (
            not subject.full_name and not is_brief
        ):  # number or name will do there (DPR 633/72, art. 21-bis c. 1 lett. e)
            yield _("The name of the %(side)s is missing.") % {"side": side}
        if not (subject.vat_number or subject.tax_code):
            yield _("The %(side)s has neither VAT number nor tax code.") % {"side": side}
        if subject.vat_number and subject.vat_country in ("", "IT") and has_wrong_check_digit(subject.vat_number):
            told = {"side": side, "number": subject.vat_number[:28]}
            yield _("The VAT number of the %(side)s, %(number)s, has a wrong check digit.") % told
    for body in document.bodies:
        yield from _odd_sums(body)
        for one in body.attachments:
            if not one.content:
                yield _("The attachment “%(name)s” is damaged and was left out.") % {"name": one.name[:60]}


def _odd_sums(body: Body) -> Iterator[object]:
    told = {"number": body.number}
    if body.lacks_summaries:
        sentence = _(
            "Invoice %(number)s: it does not tell its sums by rate (DatiRiepilogo is missing); they are those of its "
            "lines."
        )
        yield sentence % told
    fitting = (body.summed + body.rounding, body.reduced)
    if body.total is not None and all(abs(body.total - one) > ONE_EURO for one in fitting):
        sums = {"total": body.total, "summed": body.summed + body.rounding}
        yield _("Invoice %(number)s: the total is %(total)s, but its rates come to %(summed)s.") % {**told, **sums}
    for one in body.summaries:
        if abs((one.net * one.rate / 100).quantize(ONE_CENT, ROUND_HALF_UP) - one.vat) > ONE_CENT:
            sums = {"vat": one.vat, "net": one.net, "rate": one.rate}
            yield _("Invoice %(number)s: VAT of %(vat)s is not %(rate)s %% of %(net)s.") % {**told, **sums}
    for (rate, nature), net in _taxed(body.summaries).items():
        lines = _lines_at(body, rate, nature)
        if not body.reductions and abs(net - lines) > ONE_EURO:
            taxed = {**told, "net": net, "rate": nature or f"{rate} %", "lines": lines}
            yield _("Invoice %(number)s: %(net)s are taxed at %(rate)s, but its lines come to %(lines)s.") % taxed


def _taxed(summaries: Iterable[Summary]) -> dict[tuple[Decimal, str], Decimal]:
    """What is told at each rate, its rounding apart."""
    found: dict[tuple[Decimal, str], Decimal] = defaultdict(Decimal)
    for one in summaries:
        found[one.rate, one.nature] += one.net - one.rounding
    return found


def _lines_at(body: Body, rate: Decimal, nature: str) -> Decimal:
    """What lines and contributions to pension funds come to (check 00422)."""
    lines = sum((one.total for one in body.lines if (one.rate, one.nature) == (rate, nature)), ZERO)
    funds = sum((one.amount for one in body.funds if (one.vat_rate, one.nature) == (rate, nature)), ZERO)
    return (lines + funds).quantize(ONE_CENT, ROUND_HALF_UP)
