"""Work to be done and being done, and when recurring work is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.jobs.policies import JOB


class JobState(models.TextChoices):
    """Failed: the job itself said that it cannot be done. Quarantined: it broke too often."""

    READY = "ready", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    QUARANTINED = "quarantined", _("Set aside")


STOPPED = (JobState.FAILED, JobState.CANCELLED, JobState.QUARANTINED)
IN_TROUBLE = (JobState.FAILED, JobState.QUARANTINED)


class JobQuerySet(models.QuerySet["Job"]):
    """Ways to look at jobs."""

    def visible_to(self, principal: Principal) -> Self:
        """One's own jobs, or every job, as the role says."""
        scope = principal.scope(JOB.code, "view")
        if scope is Scope.ALL:
            return self
        if scope is Scope.NONE or principal.user_id is None:
            return self.none()
        return self.filter(requested_by=principal.user_id)

    def held_by(self, job: Job) -> Self:
        """The row of `job` as long as the worker and the attempt that it was claimed for still hold it."""
        return self.filter(pk=job.pk, state=JobState.RUNNING, leased_by=job.leased_by, attempts=job.attempts)


class Job(models.Model):
    """One piece of work. `leased_by` holds it until `lease_until`; then others may take it again.

    `lane` is where it waits its turn (`turns.py`); `relayed_at` says that the broker has it (`relayed/`).
    `request_id` is that of the request which set it going, perhaps by way of an event or of another job.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    args = models.JSONField(default=dict)
    queue = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.READY)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    deadline_at = models.DateTimeField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    key = models.CharField(max_length=200, null=True)
    requested_by = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    lane = models.CharField(max_length=160, blank=True)
    relayed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(fields=["name", "key"], name="job_key_once"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="job_running_is_leased"
            ),
        ]
        indexes = [
            models.Index(fields=["queue", "run_at", "id"], condition=Q(state="ready"), name="job_to_claim"),
            models.Index(fields=["queue", "lane", "run_at", "id"], condition=Q(state="ready"), name="job_in_turn"),
            models.Index(
                fields=["queue", "relayed_at"],
                condition=Q(state="ready", relayed_at__isnull=False),
                name="job_at_the_broker",
            ),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_leased"),
            models.Index(fields=["state", "id"], name="job_by_state"),
            models.Index(fields=["requested_by", "id"], condition=Q(requested_by__isnull=False), name="job_of_person"),
            models.Index(
                fields=["requested_by"],
                condition=Q(state__in=["ready", "running"], requested_by__isnull=False),
                name="job_open_of_person",
            ),
            models.Index(fields=["finished_at"], condition=Q(finished_at__isnull=False), name="job_finished"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in (JobState.READY, JobState.RUNNING)

    @property
    def is_later(self) -> bool:
        """Whether it waits for its time, and not for its turn."""
        return self.state == JobState.READY and self.run_at > clock.now()

    @property
    def rate(self) -> float | None:
        """How many of `total` are done in a second, since this attempt began."""
        if self.started_at is None or not self.done:
            return None
        seconds = ((self.finished_at or clock.now()) - self.started_at).total_seconds()
        return self.done / seconds if seconds > 0 else None

    @property
    def time_left(self) -> timedelta | None:
        """How long it will take at the rate so far; None when that is not known."""
        if self.state != JobState.RUNNING or self.total is None or not self.rate:
            return None
        return timedelta(seconds=max(0, self.total - self.done) / self.rate)


class Schedule(models.Model):
    """When a recurring job is due next; `rule` is the rule that `next_at` was reckoned with."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    rule = models.CharField(max_length=80)
    next_at = models.DateTimeField()
    last_run = models.DateTimeField(null=True)
