"""VIES is asked in the background, and again while it is not available."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.errors import TryAgain
from filo.foundation.jobs.registry import job
from filo.operational.vies.services.asking import carry_out

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


@job(label=_("A VAT number is checked at VIES"), queue="outward", attempts=len(WAITS) + 1, atomic=False)
def ask(context: JobContext, check: str, asked: str) -> None:
    """Ask once; that nobody answers at the fifth time is no failure of the program: the card says so."""
    again = carry_out(context.principal, UUID(check), datetime.fromisoformat(asked))
    if again and not context.is_last_attempt:
        raise TryAgain("VIES did not answer", after=WAITS[min(context.attempt, len(WAITS)) - 1])
