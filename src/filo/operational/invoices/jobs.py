"""What invoices do by themselves: files leave by folder, and what comes back is read."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.operational.invoices.models import InvoiceFile
from filo.operational.invoices.services.fetching import read_folders
from filo.operational.invoices.services.leaving import Muted, note_not_left
from filo.operational.invoices.services.leaving import put_into_folder as put


@job(label=_("Lay an invoice into its folder"), queue="outward", atomic=False, announced=False)
def put_into_folder(context: JobContext, *, file: str) -> int:
    """Gives whether it was laid there; a folder that cannot be used is tried again, and then told."""
    try:
        return int(put(context.principal, UUID(file)))
    except (OSError, Muted) as error:
        if not (context.is_last_attempt or isinstance(error, Muted)):
            raise
        found = InvoiceFile.objects.filter(pk=file).first()
        if found is not None:
            why = (error.strerror or "") if isinstance(error, OSError) else str(error)
            note_not_left(context.principal, found, why)
        return 0


@every(minutes=2)
@job(label=_("Read what the exchange answered"), queue="outward", attempts=1, atomic=False, announced=False)
def read_what_came(context: JobContext) -> int:
    """Gives how many files were read."""
    return read_folders(context.principal)
