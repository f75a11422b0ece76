"""Who may give money back, and how much without asking."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people, principal_of
from filo.operational.payments.models import RefundCap


def refund_cap_of(principal: Principal) -> Decimal | None:
    """The cap of a principal's role, in the currency of the payment; None: as much as he likes. The system has none."""
    if principal.kind == "system" or not principal.role:
        return None
    return RefundCap.objects.filter(role=principal.role).values_list("most", flat=True).first()


def who_refunds() -> list[UUID]:
    """The people who may give money back."""
    return [user.pk for user in active_people() if principal_of(user).may("payment", "refund")]
