"""How much somebody may give back without asking."""

from __future__ import annotations

from decimal import Decimal

from filo.foundation.access.principal import Principal
from filo.operational.payments.models import RefundCap


def refund_cap_of(principal: Principal) -> Decimal | None:
    """The cap of a principal's role, in the currency of the payment; None: as much as he likes. The system has none."""
    if principal.kind == "system" or not principal.role:
        return None
    return RefundCap.objects.filter(role=principal.role).values_list("most", flat=True).first()
