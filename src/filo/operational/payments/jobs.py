"""What is looked at again and again: messages in quarantine, days that went by; and the sandbox, which speaks later."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import system
from filo.foundation.errors import DomainError
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every
from filo.operational.payments.models import Payment, Refund
from filo.operational.payments.queries.accounts import account_with
from filo.operational.payments.services.ending import end_begun
from filo.operational.payments.services.providing import retry_waiting
from filo.operational.payments.services.refunding import give_back as ask_provider
from filo.operational.payments.services.reminding import tell_overdue
from filo.operational.payments.services.sandbox import deliver


@every(minutes=2)
@job(label=_("Messages of payment providers, tried again"), atomic=False)
def retry_messages(_context: JobContext) -> int:
    """Messages whose payment was not known; gives how many are done."""
    return retry_waiting()


@daily(at="06:10")
@job(label=_("What is overdue since today"), atomic=False)
def watch_dues(_context: JobContext) -> int:
    """Tell who follows the customer; gives how many."""
    return tell_overdue(system("payments"))


@job(label=_("Give money back through its provider"), queue="outward", atomic=False, announced=False)
def give_back(_context: JobContext, *, refund: str) -> int:
    """Gives whether the provider took it; what he refuses is noted on the refund, and counts no more. Where his answer
    is lost the job is tried again.
    """
    found = Refund.objects.filter(pk=refund).first()
    if found is None:
        return 0
    try:
        ask_provider(found)
    except DomainError:
        return 0
    return 1


@job(label=_("End what was begun with a provider and is paid already"), queue="outward", atomic=False, announced=False)
def end_session(_context: JobContext, *, payment: str) -> int:
    """Gives whether it was ended; where the answer is lost the job is tried again."""
    found = Payment.objects.select_related("wants", "account").filter(pk=payment).first()
    return int(end_begun(found)) if found else 0


@job(label=_("A message of the sandbox"), atomic=False)
def send_from_sandbox(_context: JobContext, *, account: str, body: str) -> int:
    """Gives the status that came back; anything but 200 is tried again, as the provider does."""
    row = account_with(UUID(account))
    if row is None:
        return 0
    status = deliver(row, body)
    if status >= 300:
        raise RuntimeError(f"the webhook answered {status}")
    return status
