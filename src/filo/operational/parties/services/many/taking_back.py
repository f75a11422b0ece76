"""Takes an act on many back: every value that is still as the act left it becomes what it was before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.ids import uuid7
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.services import enqueue
from filo.operational.parties.models import BulkEdit, BulkState
from filo.operational.parties.models.bulk import OVER
from filo.operational.parties.queries.bulk import settled
from filo.operational.parties.services.many.acts import act_from
from filo.operational.parties.services.many.restoring import restore
from filo.operational.parties.services.many.running import locked_edit
from filo.operational.parties.services.many.storing import ACTIONS

CHUNK = 200
Tell = Callable[[int, int], object]


def take_back(principal: Principal, edit: BulkEdit) -> BulkEdit:
    """Let a job take it back. Raises `NotFound`, `Forbidden`, `DomainError` when there is nothing to take back."""
    if not BulkEdit.objects.visible_to(principal).filter(pk=edit.pk).exists():
        raise NotFound
    _require_right(principal, edit)
    with transaction.atomic():
        locked = settled(locked_edit(edit))
        if locked.state not in OVER or not locked.changed:
            raise DomainError(_("There is nothing to take back."), code="nothing-to-take-back")
        locked.state = BulkState.BACK
        locked.back_operation = locked.back_operation or uuid7()
        locked.back_job = enqueue("parties.take_back_many", principal=principal, edit=str(locked.pk)).pk
        locked.save(update_fields=["state", "back_operation", "back_job"])
        counted = {"customers": (locked.changed, None)}
        record(principal, "bulk-edit.take-back", kind="bulk-edit", object_id=locked.pk, changes=counted)
    return locked


def _require_right(principal: Principal, edit: BulkEdit) -> None:
    """Who did it may take it back, also what is out of reach by having done it; others who may change everything."""
    scope = principal.require("party", act_from(edit.act or {"kind": "assign"}).right)
    if edit.created_by_id != principal.user_id and scope is not Scope.ALL:
        raise Forbidden


def go_back(
    principal: Principal,
    edit: BulkEdit,
    *,
    tell: Tell = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> BulkEdit:
    """Take back what is not taken back yet, from where the last attempt was stopped; ends undone, or as it was."""
    _require_right(principal, edit)
    entries = AuditEntry.objects.filter(operation=edit.pk, action=ACTIONS[act_from(edit.act).kind][0])
    total = entries.count()
    edit = _begin(edit)
    while edit.state == BulkState.BACK:
        if is_cancelled():
            return _stopped(edit)
        edit, some = _restore_chunk(principal, edit)
        tell(edit.back_done + edit.back_left, total)
        if not some:
            break
    return _end(edit, BulkState.UNDONE) if edit.state == BulkState.BACK else edit


def _begin(edit: BulkEdit) -> BulkEdit:
    """A job of it that was stopped may be started again."""
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state in OVER and locked.back_job:
            locked.state = BulkState.BACK
            locked.save(update_fields=["state"])
    return locked


def _restore_chunk(principal: Principal, edit: BulkEdit) -> tuple[BulkEdit, int]:
    """What becomes as it was and how far it is are one transaction."""
    act = act_from(edit.act)
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state != BulkState.BACK:
            return locked, 0
        some = _next_entries(locked)
        if some:
            restored = restore(principal, locked, act, some)
            locked.back_done += restored
            locked.back_left += len(some) - restored
            locked.back_after = some[-1].pk
            locked.save(update_fields=["back_done", "back_left", "back_after"])
    return locked, len(some)


def _next_entries(edit: BulkEdit) -> Sequence[AuditEntry]:
    entries = AuditEntry.objects.filter(operation=edit.pk, action=ACTIONS[act_from(edit.act).kind][0])
    if edit.back_after:
        entries = entries.filter(pk__gt=edit.back_after)
    return list(entries.order_by("pk")[:CHUNK])


def _stopped(edit: BulkEdit) -> BulkEdit:
    if edit.back_job and Job.objects.filter(pk=edit.back_job).exclude(state=JobState.CANCELLED).exists():
        return edit
    return _end(edit, BulkState.DONE)


def _end(edit: BulkEdit, state: BulkState) -> BulkEdit:
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state == BulkState.BACK and locked.back_after == edit.back_after:
            locked.state, locked.finished_at = state, clock.now()
            locked.save(update_fields=["state", "finished_at"])
    return locked
