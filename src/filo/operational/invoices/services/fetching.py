"""What was laid into a company's folder is read."""

from __future__ import annotations

from filo.foundation.access.principal import Principal
from filo.foundation.copies.queries import is_muted
from filo.operational.invoices.folder import LARGEST
from filo.operational.invoices.models import CompanyFiscal
from filo.operational.invoices.services.leaving import folder_of
from filo.operational.invoices.services.taking_in import take_in


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
            found = take_in(principal, [(file.name, file.read_bytes())])
            aside = any(one.file.kind == "quarantine" for one in found)
            folder.move(file, "aside" if aside else "done")
    return number
