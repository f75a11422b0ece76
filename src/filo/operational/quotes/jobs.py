"""What is done for quotes in the background: mails, paper, days that go by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services.ending import expire_quotes, warn_of_expiring
from filo.operational.quotes.services.printing import evidence_document, mail_quote


@job(label=_("Sending a quote"), atomic=False)
def deliver(_context: JobContext, *, quote: str, message: str) -> None:
    """Print it and mail it to the customer."""
    found = Quote.objects.for_list().filter(pk=quote).first()
    if found is not None and found.sent_to:
        mail_quote(found, message)


@job(label=_("Evidence of an accepted quote"), atomic=False)
def print_evidence(_context: JobContext, *, quote: str) -> None:
    """The PDF with the page that tells of its acceptance."""
    found = Quote.objects.filter(pk=quote, state="accepted").first()
    if found is not None:
        evidence_document(found)


@every(minutes=30)
@job(label=_("Quotes whose last day goes by"), atomic=False)
def watch_last_days(_context: JobContext) -> int:
    """Expire and warn; gives how many."""
    return expire_quotes() + warn_of_expiring()
