"""A file that was brought in is forgotten: its rows, some at a time, then the note of it, and the file itself."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction

from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.places import remove

AT_ONCE = 2000
# A file younger than this may just have been stored for an import that has no row yet.
SURELY_STORED = 24 * 3600


def forget_import(batch_id: UUID) -> bool:
    """Delete the next rows of an import, and with the last of them all that is left of it; gives whether it is gone.

    Belongs into the caller's transaction: the file goes when that has committed.
    """
    rows = list(ImportRow.objects.filter(batch=batch_id).values_list("pk", flat=True)[:AT_ONCE])
    ImportRow.objects.filter(pk__in=rows).delete()
    if len(rows) == AT_ONCE:
        return False
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is not None:
        sha256, original = batch.sha256, batch.original
        batch.delete()
        transaction.on_commit(partial(_remove, sha256, original))
    return True


def _remove(sha256: str, original: Path) -> None:
    """The file and the tables it was unfolded into, unless another import has the same one."""
    if ImportBatch.objects.filter(sha256=sha256).exists():
        return
    try:
        if time.time() - original.stat().st_mtime > SURELY_STORED:
            remove(original)
    except FileNotFoundError:
        return
