"""What lasts longer than somebody who logs a letter would wait."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.operational.interactions.attaching import read_kept
from filo.operational.interactions.calling import forget_calls


@job(label=_("Read a file of the story"), queue="default", announced=False, atomic=False)
def read_file(context: JobContext, *, row: str) -> dict[str, int]:
    """What the file says becomes findable."""
    return {"letters": read_kept(UUID(row))}


@daily(at="03:20")
@job(label=_("Forget calls that were written up"))
def forget_old_calls(_context: JobContext) -> int:
    """What is in the story already, or was let go, is kept no second time."""
    return forget_calls()
