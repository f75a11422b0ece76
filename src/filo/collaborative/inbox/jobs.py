"""Messages leave at their time; what was put off comes back."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.services.working import wake
from filo.foundation.access.principal import system
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every


@job(label=_("Send a message"), queue="mail", announced=False)
def send_message(context: JobContext, *, message: str) -> None:
    """One that was called back meanwhile stays here."""
    leave(UUID(message))


@every(minutes=1)
@job(label=_("Bring back conversations that were put off"), announced=False)
def wake_snoozed(context: JobContext) -> dict[str, int]:
    """Each at its time, to the minute."""
    return {"opened": wake(system("inbox"))}
