"""Pictures that lists of products name are fetched in the background, and again while nobody answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.errors import TryAgain
from filo.foundation.jobs.registry import job
from filo.foundation.organisation.models import Firm
from filo.operational.catalogue.services.fetching import fetch_pictures

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


@job(label=_("Pictures of products"), queue="outward", attempts=len(WAITS) + 1, atomic=False)
def fetch(context: JobContext, product: str) -> None:
    """Fetch what is wanted for a product; what does not come at the fourth time stands on its page."""
    language = Firm.objects.values_list("language", flat=True).first() or "it"
    with translation.override(language):  # what is kept of a failure is a sentence
        later = fetch_pictures(
            context.principal, UUID(product), is_last=context.is_last_attempt, stop=context.cancelled
        )
    if later and not context.is_last_attempt:
        raise TryAgain("a picture did not come", after=WAITS[min(context.attempt, len(WAITS)) - 1])
