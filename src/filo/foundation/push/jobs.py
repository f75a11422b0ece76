"""The hourly tidying of what no page can want to hear any more."""

from __future__ import annotations

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.foundation.push import services


@every(hours=1)
@job()
def forget_old_messages(context: JobContext) -> int:
    """Delete the messages of yesterday."""
    return services.forget_old()
