"""What the exchange says about files that were sent, whatever the order in which it is heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce
from filo.operational.invoices.events import InvoiceStateChanged
from filo.operational.invoices.fatturapa.names import stem
from filo.operational.invoices.fatturapa.notifications import Notification
from filo.operational.invoices.models import Invoice, InvoiceFile
from filo.operational.invoices.policies import INVOICE_ISSUED
from filo.operational.invoices.services.telling import tell_of

METADATA: Final = "MT"
STATES: Final[Mapping[str, str]] = {
    "RC": "delivered",
    "NS": "rejected",
    "MC": "undelivered",
    "AT": "undelivered",
    "DT": "lapsed",
}
# What comes later in the life of a file; an earlier word that is heard late changes nothing.
_RANKS: Final = {"sent": 0, "undelivered": 1, "delivered": 2, "rejected": 3, "lapsed": 3, "accepted": 4, "refused": 4}


def state_said(said: Notification) -> str:
    """The state that follows from a notification; nothing where none does."""
    if said.kind in ("NE", "EC"):
        return {True: "accepted", False: "refused"}.get(said.accepted, "") if said.accepted is not None else ""
    return STATES.get(said.kind, "")


def file_received(said: Notification) -> InvoiceFile | None:
    """The file of a supplier that metadata are about (FileMetadati, *Specifiche tecniche* of the exchange, MT)."""
    if said.kind != METADATA:
        return None
    rows = InvoiceFile.objects.filter(kind="invoice", stem=stem(said.filename)[:60], invoice__isnull=False)
    return rows.select_related("invoice").order_by("at", "id").last()


def take_metadata(principal: Principal, said: Notification, file: InvoiceFile) -> Invoice:
    """A received file gets its number at the exchange. Raises `Forbidden` for whom its company is not to work in."""
    principal.require("invoice", "issue")
    if file.invoice is None or (principal.company_ids is not None and file.company_id not in principal.company_ids):
        raise Forbidden
    if not file.exchange_id:
        file.exchange_id = said.exchange_id[:40]
        file.save(update_fields=["exchange_id"])
    return file.invoice


def file_meant(said: Notification) -> InvoiceFile | None:
    """The file of ours that a notification is about: by its name, or where it names none (EC, SE) by its number."""
    known = {"stem": stem(said.filename)} if said.filename else {"exchange_id": said.exchange_id[:40]}
    return InvoiceFile.objects.filter(kind="sent", **known).select_related("invoice").order_by("at", "id").last()


def is_of_another_sending(said: Notification, file: InvoiceFile) -> bool:
    """Whether it is about the same file, handed in once more: the exchange numbers each anew."""
    return bool(said.exchange_id and file.exchange_id and said.exchange_id[:40] != file.exchange_id)


def take_notification(principal: Principal, said: Notification) -> Invoice | None:
    """Move the invoice on; hearing it twice changes nothing. None: it is about no file of ours.

    What is said of another sending of the same file (its number at the exchange is another) changes nothing either.
    Raises `Forbidden` for whom the invoice is not to issue.
    """
    principal.require("invoice", "issue")
    file = file_meant(said)
    if file is None or file.invoice_id is None:
        return None
    with transaction.atomic():
        rows = Invoice.objects.select_for_update(of=("self",)).select_related("party", "company")
        locked = rows.get(pk=file.invoice_id)
        if not INVOICE_ISSUED.allows(principal, locked):
            raise Forbidden
        if is_of_another_sending(said, file):
            return locked
        if said.exchange_id and not file.exchange_id:
            file.exchange_id = said.exchange_id[:40]
            file.save(update_fields=["exchange_id"])
        latest = InvoiceFile.objects.filter(invoice=locked, kind="sent").order_by("at", "id").last()
        state = state_said(said)
        # Of a file that was rejected and sent again under another name nothing is to be heard any more.
        if latest != file or not state or _RANKS[state] <= _RANKS.get(locked.state, 9):
            return locked
        _move(principal, locked, state, said)
    return locked


def _move(principal: Principal, invoice: Invoice, state: str, said: Notification) -> None:
    before, invoice.state = invoice.state, state
    invoice.version += 1
    if state == "rejected":
        invoice.rejected_at = said.at or clock.now()
    invoice.save(update_fields=["state", "version", "rejected_at"])
    changes = {"state": (before, state)}
    record(principal, "invoice.hear", kind="invoice", object_id=invoice.id, changes=changes)
    announce(principal, InvoiceStateChanged(invoice=invoice.id, party=invoice.party_id, state=state))
    tell_of(principal, invoice, f"invoice.{state}")
