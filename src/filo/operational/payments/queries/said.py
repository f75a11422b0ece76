"""What a provider said of a payment, read again from the messages that are kept."""

from __future__ import annotations

from decimal import Decimal

from filo.operational.payments.models import NOTHING, Payment, ProviderEvent
from filo.operational.payments.queries.accounts import provider_of


def said_in_all(payment: Payment) -> Decimal:
    """The most that he said he gave back of it in all."""
    if payment.account is None:
        return NOTHING
    provider = provider_of(payment.account)
    rows = ProviderEvent.objects.filter(payment=payment).exclude(state__in=("waiting", "unheard"))
    said = [one for raw in rows.values_list("raw", flat=True) for one in provider.reread(raw.encode())]
    return max((one.refunded or NOTHING for one in said if one.outcome == "refunded"), default=NOTHING)
