"""An import is tried out, started and cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.jobs.services import enqueue
from filo.foundation.push.services import publish
from filo.operational.transfer.mapping import from_json, names_nobody
from filo.operational.transfer.models import BatchState, ImportBatch
from filo.operational.transfer.services.belonging import spec_for
from filo.operational.transfer.services.rights import locked_draft, require_edit
from filo.operational.transfer.things.kinds import missing_in, thing_of


def try_later(principal: Principal, batch: ImportBatch) -> None:
    """Have what the import would do found out in the background; its answer comes as `trial`."""
    require_edit(principal, batch)
    with transaction.atomic():
        enqueue("transfer.try_import", principal=principal, batch=str(batch.id), version=batch.version)


def keep_trial(batch: ImportBatch, version: int, trial: Mapping[str, Any]) -> None:
    """Keep what a trial told, unless the import has been corrected since."""
    with transaction.atomic():
        if ImportBatch.objects.filter(pk=batch.pk, version=version, state=BatchState.DRAFT).update(trial=dict(trial)):
            publish(f"import:{batch.id}", "trial")


def start_import(principal: Principal, batch: ImportBatch, *, in_background: bool = True) -> ImportBatch:
    """Let the rows come in; in the background, or by the caller with `carry_on`.

    Raises `Forbidden`, `InvalidFields` when names or the company are missing, `DomainError`.
    """
    require_edit(principal, batch)
    with transaction.atomic():
        locked = locked_draft(batch, None)
        spec_for(principal, locked)
        _refuse_too_little(principal, locked)
        locked.state = BatchState.READY
        if in_background:
            locked.job = enqueue("transfer.run_import", principal=principal, batch=str(locked.id)).id
        locked.save(update_fields=["state", "job"])
        changes = {
            "file": (None, locked.file_name),
            "rows": (None, locked.total),
            "mode": (None, locked.mode),
        }
        record(principal, "import.start", kind="import", object_id=locked.id, changes=changes)
    return locked


def _refuse_too_little(principal: Principal, batch: ImportBatch) -> None:
    """Without the columns that say what matters nothing can come in. Raises `Forbidden`, `InvalidFields`."""
    columns, thing = from_json(batch.mapping), thing_of(batch.kind)
    if thing is not None:
        principal.require(*thing.right)
        if not thing.is_enough(columns):
            raise InvalidFields({"mapping": str(thing.missing)})
    elif names_nobody(batch.kind, columns):
        raise InvalidFields({"mapping": str(missing_in(batch.headers) or _("Say which column holds the name."))})


def cancel_import(principal: Principal, batch: ImportBatch) -> ImportBatch:
    """Stop an import; the rows that have come in stay. Raises `Forbidden`, `DomainError` when it is over."""
    require_edit(principal, batch)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not locked.is_open:
            raise DomainError(_("This import is over already."), code="import-over")
        locked.state, locked.finished_at = BatchState.CANCELLED, clock.now()
        locked.save(update_fields=["state", "finished_at"])
        record(
            principal,
            "import.cancel",
            kind="import",
            object_id=locked.id,
            changes={"rows": (None, locked.done)},
        )
        publish(f"import:{locked.id}", "state")
    return locked
