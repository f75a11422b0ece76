"""What a job can say besides being done."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError


class TryAgain(Exception):
    """Raised by a job that cannot be done now; `after` is the wait (else it grows with every attempt)."""

    def __init__(self, reason: str = "", *, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class LostLease(Exception):
    """The job is not this worker's any more (cancelled, or taken again): its effect is taken back."""


class JobFinished(DomainError):
    """What is finished cannot be cancelled."""

    code = "job-finished"
    sentence = _("This work is finished already.")


class JobNotStopped(DomainError):
    """Only what has stopped can be started again."""

    code = "job-not-stopped"
    sentence = _("This work is still going on, or is done: there is nothing to start again.")
