"""A list is asked for, and given up."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.jobs.services import enqueue
from filo.foundation.push.services import publish
from filo.operational.exports.models import Export, ExportState
from filo.operational.exports.services.limiting import count_in
from filo.operational.exports.wishes import Wish, check_wish


def ask_for_export(principal: Principal, wish: Wish, *, in_background: bool = True) -> Export:
    """Note what somebody wants to take out; a job writes it, or the caller with `carry_out`.

    Raises `Forbidden`, `InvalidFields`, `BadRequest`, and `TakenEnough` for more rows than a day has.
    """
    check_wish(principal, wish)
    export = Export(
        what=wish.what,
        form=wish.form,
        wish=wish.as_json(),
        language=get_language() or "it",
        file_name=f"{wish.exportable.stem}-{clock.today():%Y-%m-%d}.{wish.format.ending}"[-120:],
        door=principal.door[:20],
        created_by_id=principal.user_id,
        token=principal.token_id,
        created_at=clock.now(),
    )
    with transaction.atomic():
        count_in(principal, export, wish)
        if in_background:
            export.job = enqueue("exports.run_export", principal=principal, export=str(export.id)).id
        export.save(force_insert=True)
        record(principal, "export.ask", kind="export", object_id=export.id, changes=_told(export, wish))
    return export


def cancel_export(principal: Principal, export: Export) -> Export:
    """Stop it; there will be no file. Raises `Forbidden`, `DomainError` when it is over."""
    if principal.viewed_by:
        raise Forbidden
    with transaction.atomic():
        locked = Export.objects.select_for_update().get(pk=export.pk)
        if not locked.is_under_way:
            raise DomainError(_("This export is over already."), code="export-over")
        locked.state, locked.finished_at = ExportState.CANCELLED, clock.now()
        locked.save(update_fields=["state", "finished_at"])
        record(principal, "export.cancel", kind="export", object_id=locked.id)
        publish(f"export:{locked.id}", "state")
    return locked


def _told(export: Export, wish: Wish) -> dict[str, tuple[object, object]]:
    """What, which of it, and as what: the audit has to tell what may have left."""
    told = {"what": wish.what, "format": wish.form, "rows": export.total, "filter": wish.tree, "words": wish.words}
    told |= {"order": wish.sort, "columns": list(wish.columns) if wish.columns is not None else "all"}
    return {name: (None, value) for name, value in told.items() if value not in (None, "")}
