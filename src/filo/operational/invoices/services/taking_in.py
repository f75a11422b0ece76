"""Files that others made: invoices of suppliers, ours from other programs, notifications; each is accounted for."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from lxml import etree

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.files.services import store_file
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.fatturapa.document import Received
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.names import stem
from filo.operational.invoices.fatturapa.notifications import NAMES, Notification, is_notification, read_notification
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.signed import looks_signed, opened
from filo.operational.invoices.fatturapa.xml import parsed
from filo.operational.invoices.models import Invoice, InvoiceFile
from filo.operational.invoices.services.hearing import file_meant, is_of_another_sending, take_notification
from filo.operational.invoices.services.storing import Side, issued_here, side_of, store_body
from filo.operational.invoices.services.unpacking import Piece, unpacked

log = logging.getLogger(__name__)
# What is not known of a file that is put aside; one that is tried again begins with it.
_UNREAD: dict[str, Any] = {"invoice": None, "company": None, "code": "", "exchange_id": "", "signed_by": "", "told": {}}
# What a stranger's file may bring about that nobody thought of: it is put aside, and the others are read.
_ODD = (ArithmeticError, ValueError, KeyError, DataError, UnsupportedAlgorithm)


@dataclass(frozen=True)
class TakenIn:
    """What became of a file: its row, and the invoices that were read from it."""

    file: InvoiceFile
    invoices: Sequence[Invoice] = field(default=())


def take_in(principal: Principal, files: Iterable[tuple[str, bytes]]) -> list[TakenIn]:
    """Read files, those in a ZIP one by one; nothing that was handed in is lost, and each says what became of it.

    Invoices come first and notifications after them, so that one drop may hold both. Raises `Forbidden`.
    """
    principal.require("invoice", "issue")
    pieces = [piece for name, content in files for piece in unpacked(name, content)]
    later = [piece for piece in pieces if _notifies(piece)]
    first = [piece for piece in pieces if piece not in later]
    return [taken(principal, piece) for piece in (*first, *later)]


def _notifies(piece: Piece) -> bool:
    if piece.refused:
        return False
    try:
        content = opened(piece.content).content if looks_signed(piece.content, piece.name) else piece.content
        return is_notification(parsed(content)[0])
    except (Unreadable, etree.LxmlError, *_ODD):
        return False


def taken(principal: Principal, piece: Piece) -> TakenIn:
    """One file, as one act: what it says, or why it is put aside. Raises `Forbidden`."""
    sha256 = hashlib.sha256(piece.content).hexdigest()
    known = InvoiceFile.objects.filter(sha256=sha256).exclude(kind__in=("double", "quarantine")).first()
    if known is not None:
        said = _("The same file came before as %(name)s.") % {"name": known.name}
        return TakenIn(_keep(principal, piece, sha256, kind="double", said=said, invoice=known.invoice))
    try:
        if piece.refused:
            raise Unreadable(piece.refused)
        if _notifies(piece):
            return _heard(principal, piece, sha256)
        return _read(principal, piece, sha256)
    except IntegrityError:
        said = _("An invoice of this number and day by the same seller is here already.")
        return TakenIn(_keep(principal, piece, sha256, kind="double", said=said))
    except Forbidden:
        raise
    except DomainError as refused:
        return TakenIn(_keep(principal, piece, sha256, kind="quarantine", said=str(refused)))
    except _ODD:
        log.exception("a file could not be taken in")
        said = _("Something in this file is not as an invoice has it, and could not be kept.")
        return TakenIn(_keep(principal, piece, sha256, kind="quarantine", said=said))


def _heard(principal: Principal, piece: Piece, sha256: str) -> TakenIn:
    said = read_notification(piece.content, piece.name)
    with transaction.atomic():
        try:
            invoice = take_notification(principal, said)
        except Forbidden:
            raise Unreadable(_("This notification is about an invoice that is not yours to issue.")) from None
        sentence = _heard_words(said, invoice)
        kept = _keep(
            principal,
            piece,
            sha256,
            kind="notification" if invoice is not None else "quarantine",
            said=sentence,
            invoice=invoice,
            code=said.kind,
            exchange_id=said.exchange_id[:40],
            told=_told(said),
        )
    return TakenIn(kept, [invoice] if invoice else [])


def _heard_words(said: Notification, invoice: Invoice | None) -> str:
    name, file = str(NAMES[said.kind]), file_meant(said)
    if invoice is None or file is None:
        told = _("%(what)s: about the file %(name)s, which did not leave from here.")
        return told % {"what": name, "name": said.filename or said.exchange_id}
    if is_of_another_sending(said, file):
        told = _("%(what)s: about another sending of the file of invoice %(number)s (%(id)s at the exchange).")
        return told % {"what": name, "number": invoice.number, "id": said.exchange_id[:40]}
    return _("%(what)s: invoice %(number)s.") % {"what": name, "number": invoice.number}


def _told(said: Notification) -> dict[str, Any]:
    return {
        "complaints": [{"code": one.code, "text": one.text, "hint": one.hint} for one in said.complaints],
        "note": said.note,
        "accepted": said.accepted,
        "at": said.at.isoformat() if said.at else None,
    }


def _read(principal: Principal, piece: Piece, sha256: str) -> TakenIn:
    received = read(piece.content, piece.name)
    side = piece.side or side_of(received.document)
    _refuse_companies_of_others(principal, side.company)
    bodies = received.document.bodies
    ours = [found for body in bodies if (found := issued_here(body, side)) is not None]
    if len(ours) == len(bodies):
        said = _("Invoice %(number)s was issued here.") % {"number": ours[0].number}
        more = {"company": side.company, "signed_by": received.signed_by}
        return TakenIn(_keep(principal, piece, sha256, kind="double", said=said, invoice=ours[0], **more))
    with transaction.atomic():
        file = _keep(
            principal,
            piece,
            sha256,
            kind="invoice",
            said=_said(received, side),
            company=side.company,
            signed_by=received.signed_by,
            told={"warnings": [str(one) for one in received.warnings]},
        )
        new = [body for body in bodies if issued_here(body, side) is None]
        invoices = [store_body(principal, received.document, body, side, file) for body in new]
        file.invoice = invoices[0]
        file.save(update_fields=["invoice"])
    return TakenIn(file, invoices)


def _refuse_companies_of_others(principal: Principal, company: SellingCompany) -> None:
    if principal.company_ids is not None and company.id not in principal.company_ids:
        raise Unreadable(_("This invoice is of a company that you do not work in: %(name)s.") % {"name": company.name})


def _said(received: Received, side: Side) -> str:
    numbers = ", ".join(body.number for body in received.document.bodies)
    other = received.document.seller if side.direction == "received" else received.document.buyer
    return _("%(numbers)s: %(name)s") % {"numbers": numbers[:200], "name": other.full_name[:200]}


def _keep(principal: Principal, piece: Piece, sha256: str, *, kind: str, said: str, **more: Any) -> InvoiceFile:
    facts = {"kind": kind, "said": said[:500], "at": clock.now(), "by_id": principal.user_id, **more}
    with transaction.atomic():
        if piece.row is None:
            name = {"name": piece.name[:255], "stem": stem(piece.name)[:60]}
            content = store_file(piece.content, name=piece.name)
            kept, before = InvoiceFile.objects.create(content=content, sha256=sha256, **name, **facts), None
        else:
            kept, before = piece.row, "quarantine"
            for field, value in {**_UNREAD, **facts}.items():
                setattr(kept, field, value)
            kept.save()
        record(principal, "invoice.take-in", kind="invoice-file", object_id=kept.id, changes={"kind": (before, kind)})
    return kept
