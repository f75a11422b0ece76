"""What is looked at again and again: promises that run out, customers to be asked how it was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.operational.service.services.surveys import ask_customers
from filo.operational.service.services.warning import warn_of_promises


@every(minutes=1)
@job(label=_("Times promised to customers"), atomic=False)
def watch_promises(_context: JobContext) -> int:
    """Warn of requests whose time runs out; gives how many."""
    return warn_of_promises()


@every(minutes=15)
@job(label=_("Asking customers how content they are"), atomic=False)
def ask_how_it_was(_context: JobContext) -> int:
    """Ask those whose request was solved; gives how many."""
    return ask_customers()
