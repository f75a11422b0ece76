"""What a running job knows of itself, and how it tells how far it is."""

from __future__ import annotations

import time
from uuid import UUID

from filo.foundation.access.principal import Principal, system
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.watching import tell_progress

SECONDS_BETWEEN_LOOKS = 0.5


class JobContext:
    """The first argument of every job."""

    def __init__(self, job: Job, *, atomic: bool) -> None:
        self._job = job
        self._atomic = atomic
        self._lost = False
        self._looked_at = time.monotonic()

    @property
    def id(self) -> UUID:
        """The job's id: the same at every attempt, so it makes a good key for outward effects."""
        return self._job.id

    @property
    def principal(self) -> Principal:
        """The part of the system that acts."""
        return system(self._job.name)

    @property
    def requested_by(self) -> UUID | None:
        """The user on whose behalf it was enqueued; whoever acts with that person's rights looks them up."""
        return self._job.requested_by

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        return self._job.attempts

    @property
    def is_last_attempt(self) -> bool:
        """Whether the job is set aside if it fails now."""
        return self._job.attempts >= self._job.max_attempts

    def progress(self, done: int, total: int | None = None) -> None:
        """Tell how far the work is; people see it at once (of an atomic job when it is done)."""
        self._job.done = done
        self._job.total = self._job.total if total is None else total
        if not self._atomic and (self._is_time_to_look() or done == self._job.total):
            held = Job.objects.held_by(self._job).update(done=self._job.done, total=self._job.total)
            self._lost = not held
            if held:
                tell_progress(self._job)

    def cancelled(self) -> bool:
        """Whether to stop: somebody cancelled the job, or it is not this worker's any more."""
        if not self._lost and self._is_time_to_look():
            self._lost = not Job.objects.held_by(self._job).exists()
        return self._lost

    def _is_time_to_look(self) -> bool:
        if time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS:
            return False
        self._looked_at = time.monotonic()
        return True
