"""What was begun with a provider for something that is paid meanwhile is ended there, so that nobody pays twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.operational.payments.models import Payment
from filo.operational.payments.providers.contract import ProviderFailed
from filo.operational.payments.queries.accounts import account_of, provider_of
from filo.operational.payments.services.providing import fail

OPEN_FOR = timedelta(days=2)  # a session lives a day


def begun_for(due_id: UUID) -> QuerySet[Payment]:
    """What may still be paid at a provider; one that was declined may, too."""
    rows = Payment.objects.filter(wants=due_id, state__in=("pending", "failed"), created_at__gt=clock.now() - OPEN_FOR)
    return rows.exclude(provider_ref="").exclude(account=None)


def end_begun(payment: Payment) -> bool:
    """End it at the provider, if what it was begun for is settled; gives whether that was done. What was paid there
    meanwhile stays: his message says so. Must not be called within a transaction: it calls outside. Raises
    `ProviderFailed` where the answer is lost.
    """
    if payment.account is None or payment.wants is None or payment.wants.left > 0:
        return False
    try:
        provider_of(payment.account).expire(account_of(payment.account), payment.provider_ref)
    except ProviderFailed as error:
        if error.unsure:
            raise
        return False
    fail(payment, _("It was paid otherwise meanwhile."))
    return True
