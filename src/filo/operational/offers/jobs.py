"""Offers whose day is over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.operational.offers.services import expire_offers


@daily(at="00:20")
@job(label=_("Offers that expire"), atomic=False)
def end_offers(_context: JobContext) -> int:
    """Close them; gives how many."""
    return expire_offers()
