"""A file that was sent leaves: into the company's folder, or by certified mail; or it does not, and that is told."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.copies.queries import is_muted
from filo.foundation.errors import DomainError
from filo.foundation.events.services import announce
from filo.foundation.files.queries import read_file
from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.services import Sender, queue_mail
from filo.operational.invoices.events import InvoiceNotSent
from filo.operational.invoices.folder import Folder
from filo.operational.invoices.frozen import fiscal_of
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceFile
from filo.operational.invoices.services.telling import tell_of

FOLDER_JOB = "invoices.put_into_folder"


class Muted(DomainError):
    """Nothing leaves a copy."""

    code = "muted"


def folder_of(fiscal: CompanyFiscal) -> Folder:
    """Where files of a company leave and come in."""
    return Folder(fiscal.folder or fiscal.company.code.lower().replace("_", "-")[:40])


def have_it_leave(file: InvoiceFile, fiscal: CompanyFiscal) -> None:
    """In the transaction in which it is made: it leaves after the commit, and never without it."""
    if file.way == "folder":
        enqueue(FOLDER_JOB, key=str(file.pk), file=str(file.pk))
    elif file.way == "pec":
        mail = queue_mail(
            to=fiscal.exchange_pec,
            subject=file.name,
            text="",
            sender=Sender(fiscal.certified_mail, fiscal.company.legal_name or fiscal.company.name),
            attachments=[file.content_id],
            auto_submitted="",
            key=f"invoice-file:{file.pk}",
            tells=True,
        )
        file.carried_by = mail.pk
        file.save(update_fields=["carried_by"])


def put_into_folder(principal: Principal, file_id: UUID) -> bool:
    """Lay it into `out` of its company; one that left is not laid there again. Raises `OSError`, `Muted`."""
    file = InvoiceFile.objects.filter(pk=file_id, kind="sent").select_related("company", "content").first()
    if file is None or file.left_at is not None or file.company is None:
        return False
    if is_muted():
        raise Muted(_("This is a muted copy: nothing leaves it."))
    folder_of(fiscal_of(file.company)).put(file.name, read_file(file.content))
    note_left(principal, file)
    return True


def note_left(principal: Principal, file: InvoiceFile) -> None:
    """It is on its way; hearing it twice changes nothing."""
    with transaction.atomic():
        invoice, latest = _locked(file)
        file.refresh_from_db()
        if file.left_at is not None:
            return
        file.left_at, file.said = clock.now(), ""
        file.save(update_fields=["left_at", "said"])
        changes: dict[str, tuple[object, object]] = {"file": (None, file.name)}
        # A mail that was thought lost and that somebody sent once more.
        if latest == file and (invoice.state == "issued" or invoice.is_returned):
            changes["state"] = (invoice.state, "sent")
            _save(invoice, "sent")
        record(principal, "invoice.left", kind="invoice", object_id=invoice.pk, changes=changes)


def note_not_left(principal: Principal, file: InvoiceFile, why: str, *, perhaps: bool = False) -> None:
    """It did not leave: the invoice is what it was before, and may be sent again. perhaps: nobody can tell, so it stays
    as it is for a person to look. Hearing it twice changes nothing.
    """
    with transaction.atomic():
        invoice, latest = _locked(file)
        file.refresh_from_db()
        if file.left_at is not None or file.said:
            return
        words = _("Perhaps it did not leave: %(why)s") if perhaps else _("It did not leave: %(why)s")
        file.said = (words % {"why": why})[:500]
        file.save(update_fields=["said"])
        changes: dict[str, tuple[object, object]] = {"file": (file.name, None)}
        if not perhaps and latest == file and invoice.state == "sent":
            before = str(file.told.get("before") or "issued")
            changes["state"] = ("sent", before)
            _save(invoice, before)
            tell_of(principal, invoice, "invoice.not-sent")
        record(principal, "invoice.not-left", kind="invoice", object_id=invoice.pk, changes=changes)
        announce(principal, InvoiceNotSent(invoice=invoice.pk, party=invoice.party_id, file=file.pk))


def _locked(file: InvoiceFile) -> tuple[Invoice, InvoiceFile | None]:
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("party", "company")
    invoice = rows.get(files=file)
    return invoice, InvoiceFile.objects.filter(invoice=invoice, kind="sent").order_by("at", "id").last()


def _save(invoice: Invoice, state: str) -> None:
    invoice.state = state
    invoice.version += 1
    invoice.save(update_fields=["state", "version"])
