"""What becomes of a refund that was begun: the provider's answer and his messages say it, whichever comes first."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.operational.parties.services.timeline import page_changed
from filo.operational.payments.models import Payment, Refund
from filo.operational.payments.services.changing import keep


def note_given(refund_id: UUID, *, state: str, provider_ref: str) -> bool:
    """He took it (`begun`) or gave it back (`done`); what is decided already stays. Gives whether anything changed."""
    rows = Refund.objects.filter(pk=refund_id, state="begun")
    return bool(rows.update(state=state, provider_ref=provider_ref))


def note_refused(principal: Principal, payment: Payment, refund_id: UUID, reason: str) -> bool:
    """He did not give it back, or the bank of the customer did not take it: the sum is the customer's credit again;
    what it paid before is for a person to say anew. The payment is locked. Gives whether anything changed.
    """
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.state not in ("begun", "done"):
        return False
    refund.state, refund.failure = "failed", reason[:300]
    refund.save(update_fields=["state", "failure"])
    before, payment.refunded = payment.refunded, payment.refunded - refund.amount
    payment.state = "succeeded"
    keep(payment)
    changes = {"refunded": (before, payment.refunded)}
    record(principal, "payment.refund", kind="payment", object_id=payment.pk, changes=changes)
    if payment.party_id:
        page_changed(principal, [payment.party_id], "payments")
    return True
