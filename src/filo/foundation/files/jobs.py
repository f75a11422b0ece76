"""Sweeps the disk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.files.services import sweep_contents, sweep_rows
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily


@daily(at="04:20")
@job(label=_("Let go of files that nothing holds any more"), atomic=False)
def sweep(_context: JobContext) -> dict[str, int]:
    """Rows that nothing hangs on, then contents without a row."""
    return {"rows": sweep_rows(), "files": sweep_contents()}
