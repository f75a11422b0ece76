"""The jobs' own housekeeping."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.retention import KEPT
from filo.foundation.jobs.schedule import daily

AT_ONCE = 1000


@daily(at="03:40")
@job(label=_("Forget what was done a month ago"), atomic=False)
def forget_finished(context: JobContext) -> int:
    """Delete what was done or cancelled a month ago; what is in trouble stays for people to see to."""
    old = Job.objects.filter(finished_at__lt=clock.now() - KEPT, state__in=[JobState.DONE, JobState.CANCELLED])
    forgotten = 0
    while found := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += Job.objects.filter(pk__in=found).delete()[0]
        context.progress(forgotten)
    return forgotten
