"""Changes of many as pages show them: how far, what came of it, who was left and why."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.jobs.models import Job, JobState
from filo.operational.parties.models import BulkEdit, BulkState, Party


def seen_edit(principal: Principal, edit_id: UUID) -> BulkEdit:
    """A change of many, as it really stands. Raises `NotFound`."""
    found = BulkEdit.objects.visible_to(principal).for_page().filter(pk=edit_id).first()
    if found is None:
        raise NotFound
    return settled(found)


def settled(edit: BulkEdit) -> BulkEdit:
    """With the state that its job leaves it in: one whose job was stopped or broke is not under way any more."""
    if not edit.is_under_way:
        return edit
    job = job_of(edit)
    if job is not None and not job.is_open:
        if edit.state == BulkState.BACK:
            edit.state = BulkState.DONE
        else:
            edit.state = BulkState.CANCELLED if job.state == JobState.CANCELLED else BulkState.FAILED
    return edit


def job_of(edit: BulkEdit) -> Job | None:
    """The job that is at work on it, or was last."""
    key = edit.back_job if edit.state in (BulkState.BACK, BulkState.UNDONE) else edit.job
    return Job.objects.filter(pk=key).first() if key else None


def edits_at_rest() -> QuerySet[BulkEdit]:
    """Those that nothing is being done with."""
    return BulkEdit.objects.exclude(state__in=(BulkState.READY, BulkState.RUNNING, BulkState.BACK))


def names_of_parties(principal: Principal, keys: list[UUID]) -> dict[UUID, str]:
    """How visible parties are called."""
    found = Party.objects.visible_to(principal).filter(pk__in=keys)
    return dict(found.values_list("pk", "display_name"))
