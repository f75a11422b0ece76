"""Sends queued mail."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.errors import TryAgain
from filo.foundation.jobs.registry import job
from filo.foundation.mail.models import MailState
from filo.foundation.mail.services import send_claimed


@job(label=_("Send a mail"), queue="mail", attempts=10, atomic=False)
def send_mail(context: JobContext, *, mail: str) -> str:
    """Send one mail; a server that is away or asks for patience is tried again for some three hours."""
    state = send_claimed(UUID(mail), is_last_attempt=context.is_last_attempt)
    if state == MailState.QUEUED:
        raise TryAgain
    return state.value
