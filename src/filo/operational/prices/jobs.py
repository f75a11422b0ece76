"""What is done each day: rates of exchange, once they are published (about 16:00 in Frankfurt, on working days)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.foundation.organisation.models import Firm
from filo.operational.prices.services import fetching


@daily(at="16:40")
@job(label=_("Exchange rates"), queue="outward", atomic=False)
def fetch_rates(_context: JobContext) -> int:
    """Fetch them from the address in the settings; gives how many are new, 0 where there is no address."""
    language = Firm.objects.values_list("language", flat=True).first() or "it"
    with translation.override(language):  # what is kept of a failure is a sentence
        return fetching.fetch_rates()
