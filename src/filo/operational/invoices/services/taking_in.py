"""Files that others made: invoices of suppliers, ours from other programs, notifications; each is accounted for."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import etree

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.files.queries import read_file
from filo.foundation.files.services import store_file
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.fatturapa.document import Body, Document, Received
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.names import stem
from filo.operational.invoices.fatturapa.notifications import NAMES, Notification, is_notification, read_notification
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.signed import looks_signed, opened
from filo.operational.invoices.fatturapa.xml import parsed
from filo.operational.invoices.models import Invoice, InvoiceFile
from filo.operational.invoices.services.hearing import (
    METADATA,
    file_meant,
    file_received,
    is_of_another_sending,
    take_metadata,
    take_notification,
)
from filo.operational.invoices.services.storing import (
    Side,
    is_shortened,
    issued_here,
    other_of,
    read_before,
    shortened,
    side_of,
    store_body,
)
from filo.operational.invoices.services.unpacking import Piece, unpacked

log = logging.getLogger(__name__)
_ALREADY = gettext_lazy("An invoice of this number and day by the same seller is here already.")
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
        return TakenIn(_keep(principal, piece, sha256, kind="double", said=str(_ALREADY)))
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
            theirs = file_received(said)
            invoice = take_metadata(principal, said, theirs) if theirs else take_notification(principal, said)
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
    name, file = str(NAMES[said.kind]), file_received(said) or file_meant(said)
    if said.kind == METADATA and invoice is None:
        waits = _("Data of the file %(name)s, which has not come yet: they will be put with it.")
        return waits % {"name": said.filename}
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
        "about": stem(said.filename)[:60],
    }


def _read(principal: Principal, piece: Piece, sha256: str) -> TakenIn:
    received = read(piece.content, piece.name)
    side = piece.side or side_of(received.document)
    _refuse_companies_of_others(principal, side.company)
    sorted_out = _sorted_out(received.document, side)
    if not sorted_out.new:
        return _known(principal, piece, sha256, received, side, *sorted_out.known[0])
    with transaction.atomic():
        file = _keep(
            principal,
            piece,
            sha256,
            kind="invoice",
            said=_said(received.document, sorted_out.new, side),
            company=side.company,
            signed_by=received.signed_by,
            told={"warnings": [*map(str, received.warnings), *sorted_out.warnings()]},
        )
        invoices = [store_body(principal, received.document, body, side, file) for body in sorted_out.new]
        file.invoice = invoices[0]
        file.save(update_fields=["invoice"])
        _hear_what_waited(principal, file)
    return TakenIn(file, invoices)


@dataclass(frozen=True)
class _Sorted:
    """The invoices of a file: those that are new, each once; those that are here; and those that it repeats."""

    new: Sequence[Body]
    known: Sequence[tuple[Body, Invoice]]
    again: Sequence[Body]

    def warnings(self) -> Iterator[str]:
        """What was left out, and what was cut, in sentences."""
        for _body, found in self.known:
            yield _("Invoice %(number)s was here already and was left out.") % {"number": found.number}
        for number in dict.fromkeys(body.number for body in self.again):
            told = _("Invoice %(number)s stands in this file more than once and was kept once.")
            yield told % {"number": number[:20]}
        yield from map(shortened, filter(is_shortened, self.new))


def _sorted_out(document: Document, side: Side) -> _Sorted:
    new: dict[tuple[str, str, date], Body] = {}
    known, again = [], []
    for body in document.bodies:
        found = issued_here(body, side) or read_before(document, body, side)
        if found is not None:
            known.append((body, found))
        elif new.setdefault((body.type, body.number[:20], body.day), body) is not body:
            again.append(body)
    return _Sorted(list(new.values()), known, again)


def _known(
    principal: Principal, piece: Piece, sha256: str, received: Received, side: Side, body: Body, invoice: Invoice
) -> TakenIn:
    """All of it is here already; the first of it is what the file leads to."""
    said = str(_ALREADY)
    if invoice.is_ours:
        said = _("Invoice %(number)s was issued here.") % {"number": invoice.number}
    elif body.whole != invoice.total:
        told = _("Its total is %(total)s, and that of the one that is here %(kept)s.")
        said += " " + told % {"total": body.whole, "kept": invoice.total}
    more = {"company": side.company, "signed_by": received.signed_by}
    return TakenIn(_keep(principal, piece, sha256, kind="double", said=said, invoice=invoice, **more))


def _hear_what_waited(principal: Principal, file: InvoiceFile) -> None:
    """Metadata that came before their invoice are put with it."""
    for row in InvoiceFile.objects.filter(kind="quarantine", code=METADATA, told__about=file.stem).order_by("at", "id"):
        said = read_notification(read_file(row.content), row.name)
        if file_received(said) == file:
            row.invoice, row.kind = take_metadata(principal, said, file), "notification"
            row.said = _heard_words(said, row.invoice)[:500]
            row.save(update_fields=["invoice", "kind", "said"])
            changes = {"kind": ("quarantine", "notification")}
            record(principal, "invoice.take-in", kind="invoice-file", object_id=row.id, changes=changes)


def _refuse_companies_of_others(principal: Principal, company: SellingCompany) -> None:
    if principal.company_ids is not None and company.id not in principal.company_ids:
        raise Unreadable(_("This invoice is of a company that you do not work in: %(name)s.") % {"name": company.name})


def _said(document: Document, bodies: Sequence[Body], side: Side) -> str:
    numbers = ", ".join(body.number for body in bodies)
    name = other_of(document, side).full_name
    return _("%(numbers)s: %(name)s") % {"numbers": numbers[:200], "name": name[:200]}


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
