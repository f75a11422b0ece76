"""An act is done to all who are chosen, chunk by chunk, from where the last attempt was stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.foundation.jobs.models import Job, JobState
from filo.operational.parties.models import BulkEdit, BulkState
from filo.operational.parties.services.many.acts import act_from
from filo.operational.parties.services.many.choosing import chosen_ids, seen_then
from filo.operational.parties.services.many.planning import Planned, plan
from filo.operational.parties.services.many.storing import store

CHUNK = 200
Tell = Callable[[BulkEdit], object]
# A job that was stopped may be started again: it goes on with the rest.
RUNNABLE = (BulkState.READY, BulkState.RUNNING, BulkState.CANCELLED)


def locked_edit(edit: BulkEdit) -> BulkEdit:
    """The row as it stands now, locked."""
    return BulkEdit.objects.select_for_update().for_page().get(pk=edit.pk)


def carry_on(
    principal: Principal,
    edit: BulkEdit,
    *,
    tell: Tell = lambda _edit: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> BulkEdit:
    """Change those who are not dealt with yet; `tell` hears after every chunk how far it is.

    Ends done, cancelled, or failed with a sentence when the right to do it is gone.
    """
    ids, seen = chosen_ids(edit), seen_then(edit)
    edit = _begin(edit)
    try:
        while edit.state == BulkState.RUNNING and edit.position < edit.total:
            if is_cancelled():
                return _stopped(edit)
            some = slice(edit.position, edit.position + CHUNK)
            edit = _change_chunk(principal, edit, ids[some], seen[some] if seen else ())
            tell(edit)
    except DomainError as refusal:
        return fail(edit, str(refusal))
    return _end(edit, BulkState.DONE) if edit.state == BulkState.RUNNING else edit


def _stopped(edit: BulkEdit) -> BulkEdit:
    """Over if somebody stopped the job; if another process has taken it, that one goes on."""
    if edit.job and Job.objects.filter(pk=edit.job).exclude(state=JobState.CANCELLED).exists():
        return edit
    return _end(edit, BulkState.CANCELLED)


def _begin(edit: BulkEdit) -> BulkEdit:
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state in RUNNABLE:
            locked.state, locked.started_at = BulkState.RUNNING, locked.started_at or clock.now()
            locked.finished_at = None
            locked.save(update_fields=["state", "started_at", "finished_at"])
    return locked


def _change_chunk(principal: Principal, edit: BulkEdit, ids: Sequence[UUID], seen: Sequence[bytes]) -> BulkEdit:
    """What changes and how far it is are one transaction, so that every party is dealt with once."""
    act = act_from(edit.act)
    principal.require("party", act.right)
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state != BulkState.RUNNING:
            return locked
        if locked.position != edit.position:  # another process has gone on with it
            locked.state = BulkState.CANCELLED
            return locked
        planned = plan(principal, act, ids, locked=True)
        if seen:
            planned = [_unless_changed(now, then) for now, then in zip(planned, seen, strict=True)]
        store(principal, locked.pk, act, [step for found in planned for step in found.steps])
        _count(locked, planned)
        locked.save(update_fields=["position", "changed", "partly", "left"])
    return locked


def _unless_changed(now: Planned, then: bytes) -> Planned:
    """What somebody changed since the preview is not what was looked at: it stays."""
    return Planned(now.party, reason="changed") if now.steps and now.seen != then else now


def _count(edit: BulkEdit, planned: Sequence[Planned]) -> None:
    left = Counter(edit.left)
    left.update(found.reason for found in planned if not found.steps)
    edit.left = dict(left)
    edit.changed += sum(bool(found.steps) for found in planned)
    edit.partly += sum(bool(found.steps and found.reason) for found in planned)
    edit.position += len(planned)


def _end(edit: BulkEdit, state: BulkState) -> BulkEdit:
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state == BulkState.RUNNING and locked.position == edit.position:
            locked.state, locked.finished_at = state, clock.now()
            locked.save(update_fields=["state", "finished_at"])
    return locked


def fail(edit: BulkEdit, sentence: str) -> BulkEdit:
    """Say that it cannot go on, and why; what is changed stays changed."""
    with transaction.atomic():
        locked = locked_edit(edit)
        if locked.state in (BulkState.READY, BulkState.RUNNING):
            locked.state, locked.finished_at, locked.error = BulkState.FAILED, clock.now(), sentence[:300]
            locked.save(update_fields=["state", "finished_at", "error"])
    return locked
