"""What follows from the life of an invoice: its maker is told; mails tell whether a file left."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.mail.events import MailNotSent, MailSent
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.invoices.events import InvoiceNotSent, InvoiceSent, InvoiceStateChanged
from filo.operational.invoices.models import Invoice, InvoiceFile
from filo.operational.invoices.services.leaving import note_left, note_not_left
from filo.operational.invoices.telling import NOT_SENT, OF_STATES


@on(InvoiceStateChanged)
def tell_its_maker(event: InvoiceStateChanged, meta: EventMeta) -> None:
    """What went wrong at the exchange is for who sent it, and for who follows the customer."""
    kind = OF_STATES.get(event.state)
    settle("invoice", event.invoice)
    if kind is not None and is_news(meta.time):
        _tell(kind, event.invoice, meta)


@on(InvoiceNotSent)
def tell_that_it_did_not_leave(event: InvoiceNotSent, meta: EventMeta) -> None:
    """It has to be sent again within its days."""
    if is_news(meta.time):
        _tell(NOT_SENT, event.invoice, meta)


@on(InvoiceSent)
def leave_in_peace(event: InvoiceSent, _meta: EventMeta) -> None:
    """What is sent again needs no notice any more."""
    settle("invoice", event.invoice)


@on(MailSent)
def note_that_it_left(event: MailSent, _meta: EventMeta) -> None:
    """The certified mail has it."""
    file = InvoiceFile.objects.filter(carried_by=event.mail, kind="sent").first()
    if file is not None:
        note_left(system("invoices"), file)


@on(MailNotSent)
def note_that_it_did_not_leave(event: MailNotSent, _meta: EventMeta) -> None:
    """The mail server refused it, or nobody can tell."""
    file = InvoiceFile.objects.filter(carried_by=event.mail, kind="sent").first()
    if file is not None:
        mail = OutgoingMail.objects.filter(pk=event.mail).first()
        perhaps = event.state == MailState.UNKNOWN
        note_not_left(system("invoices"), file, mail.error[:300] if mail else "", perhaps=perhaps)


def _tell(kind: str, invoice_id: UUID, meta: EventMeta) -> None:
    invoice = Invoice.objects.filter(pk=invoice_id).first()
    if invoice is None or not invoice.is_ours:
        return
    senders = InvoiceFile.objects.filter(invoice=invoice, kind="sent").order_by("-at", "-id")
    people = [senders.values_list("by_id", flat=True).first(), invoice.owner_id]
    notify(kind, people, subject=Subject("invoice", invoice.pk), url=f"/invoices/{invoice.pk}", actor=meta.actor_id)
