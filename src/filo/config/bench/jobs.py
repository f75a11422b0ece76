"""The smallest job there can be, so that its rate is the rate of the engine."""

from __future__ import annotations

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job


@job()
def tiny(_context: JobContext, *, number: int) -> int:
    """Gives back what it was given."""
    return number
