"""The verb of schedules: run one now."""

from __future__ import annotations

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import NotFound
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.schedule import kind_of, schedules
from filo.foundation.jobs.services import enqueue
from filo.foundation.work.policies import require_all


def run_now(principal: Principal, name: str) -> Job:
    """Run a recurring job once more, besides its times. Raises `Forbidden`, `NotFound`."""
    require_all(principal, "edit")
    if name not in schedules():
        raise NotFound
    with transaction.atomic():
        made = enqueue(kind_of(name), principal=principal)
        record(principal, "job.run-now", kind="job", object_id=made.pk)
    return made
