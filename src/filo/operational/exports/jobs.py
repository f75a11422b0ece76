"""Exports in the background: the file itself, and letting go of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.operational.exports.models import Export
from filo.operational.exports.services.forgetting import let_go_of_files
from filo.operational.exports.services.running import carry_out, end_abandoned, fail_export


@job(label=_("Export of a list"), queue="long", atomic=False, attempts=3)
def run_export(context: JobContext, *, export: str) -> dict[str, Any]:
    """Write the file; begun again after a crash it is written anew."""
    found = Export.objects.get(pk=UUID(export))
    try:
        ended = carry_out(
            found,
            tell=lambda rows: context.progress(rows, max(rows, found.total)),
            is_cancelled=context.cancelled,
        )
    except Exception as error:
        if context.is_last_attempt:
            fail_export(found, error)
        raise
    if ended.is_under_way:
        end_abandoned()
        ended.refresh_from_db()
    return {"state": ended.state, "rows": ended.rows}


@daily(at="04:10")
@job(label=_("Let go of the files of exports"), atomic=False)
def forget_files(_context: JobContext) -> dict[str, Any]:
    """Those older than seven days."""
    end_abandoned()
    return {"files": let_go_of_files()}
