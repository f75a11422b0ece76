"""What the door forgets by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.counters import forget_what_ran_out
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.foundation.rest.idempotency import forget_old_records


@daily(at="03:10")
@job(label=_("Forget answers kept for programs that ask twice"))
def forget_answers(context: JobContext) -> None:
    """Idempotency records are kept for 72 hours."""
    forget_old_records()


@daily(at="03:15")
@job(label=_("Forget what the limits of the door counted"))
def forget_counts(context: JobContext) -> int:
    """What the limits of the door counted and need no more."""
    return forget_what_ran_out()
