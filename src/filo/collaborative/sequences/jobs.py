"""Mails of sequences leave when they are due."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.sequences.services.sending import send_due
from filo.foundation.access.principal import system
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every


@every(minutes=1)
@job(label=_("Send the mails of sequences that are due"), announced=False)
def send_steps(context: JobContext) -> dict[str, int]:
    """Each once, while the house is open."""
    return {"sent": send_due(system("sequences"))}
