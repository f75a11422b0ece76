"""What was laid into a company's folder is read."""

from __future__ import annotations

import logging
from pathlib import Path

from django.db import InterfaceError, OperationalError

from filo.foundation.access.principal import Principal
from filo.foundation.copies.queries import is_muted
from filo.operational.invoices.folder import LARGEST
from filo.operational.invoices.models import CompanyFiscal
from filo.operational.invoices.services.leaving import folder_of
from filo.operational.invoices.services.taking_in import take_in

log = logging.getLogger(__name__)


def read_folders(principal: Principal) -> int:
    """Take in what waits in the folders of all companies, each file by itself; gives how many.

    A file is moved after what it says is kept: whoever dies between the two reads it again, as known already. Raises
    `OSError` where a folder cannot be used.
    """
    if is_muted():
        return 0
    number = 0
    for fiscal in CompanyFiscal.objects.select_related("company").order_by("company__code"):
        folder = folder_of(fiscal)
        for file in folder.waiting():
            number += 1
            if file.stat().st_size > LARGEST:
                folder.move(file, "aside")
                continue
            folder.move(file, "aside" if _is_odd(principal, file) else "done")
    return number


def _is_odd(principal: Principal, file: Path) -> bool:
    """Take it in; whether it is to be put aside, as is one that nobody can read: it stops no other."""
    try:
        return any(one.file.kind == "quarantine" for one in take_in(principal, [(file.name, file.read_bytes())]))
    except (OSError, OperationalError, InterfaceError):
        raise  # of the disk or of the database, not of the file: it is read again
    except Exception:  # a stranger's file
        log.exception("a file in the folder could not be taken in")
        return True
