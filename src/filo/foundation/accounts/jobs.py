"""What the door forgets by itself."""

from __future__ import annotations

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.foundation.rest.idempotency import forget_old_records


@daily(at="03:10")
@job()
def forget_answers(context: JobContext) -> None:
    """Idempotency records are kept for 72 hours."""
    forget_old_records()
