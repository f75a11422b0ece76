"""Verbs about the history: take an operation back, now or in the background; tell that the audit was taken out."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.audit.undoing import Undone, size_of, undo_operation
from filo.foundation.history.filters import Narrowing
from filo.foundation.history.queries import require_all_changes
from filo.foundation.ids import uuid7
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import enqueue

AT_ONCE = 200


def take_back(principal: Principal, operation_id: UUID, *, only: Collection[UUID] = ()) -> Undone | Job:
    """Take an operation back, `only` of these things where some are named; a large one is a job, which is given
    instead. Raises as `undo_operation` does.
    """
    if size_of(operation_id, only) <= AT_ONCE or principal.user_id is None or principal.viewed_by:
        return undo_operation(principal, operation_id, only=only)
    return enqueue(
        "history.take_back", principal=principal, operation=str(operation_id), only=[str(thing) for thing in only]
    )


def note_export(principal: Principal, asked: Narrowing, form: str) -> None:
    """Keep that the audit, or a part of it, left the house as a file. Raises `Forbidden`."""
    require_all_changes(principal)
    told = {name: (None, value) for name, value in vars(asked).items() if value}
    record(principal, "audit.export", kind="audit", object_id=uuid7(), changes={"form": (None, form), **told})
