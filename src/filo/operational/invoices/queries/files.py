"""Files that were handed in: the latest, one of them, and what it would say."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.files.queries import read_file
from filo.operational.invoices.fatturapa.document import Received
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import InvoiceFile

_ODD = (ArithmeticError, ValueError, KeyError)  # what a stranger's file may bring about that nobody thought of


def files_seen(principal: Principal) -> QuerySet[InvoiceFile]:
    """What came in; who works in some companies alone sees what he handed in himself."""
    rows = InvoiceFile.objects.exclude(kind="sent").select_related("invoice", "by", "company", "content")
    return rows if principal.company_ids is None else rows.filter(by=principal.user_id)


def seen_file(principal: Principal, file_id: UUID) -> InvoiceFile:
    """One of them. Raises `Forbidden`, `NotFound`."""
    principal.require("invoice", "issue")
    found = files_seen(principal).filter(pk=file_id).first()
    if found is None:
        raise NotFound
    return found


def said_in(file: InvoiceFile) -> Received | None:
    """The invoices in it, as far as it can be read."""
    try:
        return read(read_file(file.content), file.name)
    except (Unreadable, *_ODD):
        return None
