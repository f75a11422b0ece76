"""Tells open pages how the work goes on: the page of one job, the person who waits, and who looks after all."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import job_named
from filo.foundation.jobs.watching import PROGRESS
from filo.foundation.push.services import publish
from filo.foundation.work.policies import sees_all_work

ENDED = "ended"
ALL = "all"


def tell_of_job(job: Job, state: str) -> None:
    """A step of one job. Of what ends unannounced there may be thousands: those are told with the queues."""
    kind = job_named(job.name)
    if state == PROGRESS:
        publish(f"job:{job.pk}", PROGRESS)
    elif kind is not None and kind.announced:
        publish(f"job:{job.pk}", "state")
        is_over = state in (JobState.DONE, JobState.FAILED, JobState.QUARANTINED)
        publish(f"work-of:{job.requested_by}", ENDED if is_over else "state")


def tell_of_queues() -> None:
    """Something in the queues is not as it was."""
    publish(f"work:{ALL}", "state")


def may_hear_of_job(principal: Principal, reference: str) -> bool:
    """Who may see the job."""
    return Job.objects.visible_to(principal).filter(pk=UUID(reference)).exists()


def may_hear_of_own(principal: Principal, reference: str) -> bool:
    """Everybody of one's own."""
    return principal.user_id is not None and principal.user_id == UUID(reference)


def may_hear_of_all(principal: Principal, reference: str) -> bool:
    """Who looks after everybody's."""
    return reference == ALL and sees_all_work(principal)
