"""What of a payment was given back, and what becomes of a refund that was begun: the provider's answer and his messages
say it, in whatever order they come.

A refund is known by name: one that we asked for, or one made at the provider of which he told. Beside them stands what
he said that he gave back in all, as far as it is more than what is known by name, be it that it failed since; of that
the names take off what they say. So the sum in the end hangs on what was said, and not on what was said first.
"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.audit.services import record
from filo.operational.parties.services.timeline import page_changed
from filo.operational.payments.events import PaymentRefunded
from filo.operational.payments.models import NOTHING, Payment, Refund
from filo.operational.payments.queries.said import said_in_all
from filo.operational.payments.services.changing import about, keep, remember, tell_of
from filo.operational.payments.services.sharing import share_locked

COUNTS = Q(state__in=("begun", "done"))
# One that failed was in what he gave back in all, if it ever came to be: then he has a name for it.
CAME_TO_BE = COUNTS | Q(state="failed") & ~Q(provider_ref="")


def note_given(refund_id: UUID, *, state: str, provider_ref: str) -> bool:
    """He took it (`begun`) or gave it back (`done`); what is decided already stays. Gives whether anything changed."""
    rows = Refund.objects.filter(pk=refund_id, state="begun")
    return bool(rows.update(state=state, provider_ref=provider_ref))


def note_refused(
    principal: Principal, payment: Payment, refund_id: UUID, reason: str, *, provider_ref: str = ""
) -> bool:
    """He did not give it back, or the bank of the customer did not take it: the sum is the customer's credit again;
    what it paid before is for a person to say anew. The payment is locked. Gives whether anything changed.
    """
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.state not in ("begun", "done"):
        return False
    beside = _beside(payment)
    refund.state, refund.failure = "failed", reason[:300]
    refund.provider_ref = refund.provider_ref or provider_ref
    refund.save(update_fields=["state", "failure", "provider_ref"])
    # While it was begun it stood for what he said in all; now that it never was, something else may have.
    beside = max(beside, said_in_all(payment) - _sum(payment, CAME_TO_BE))
    _count(principal, payment, beside)
    return True


def name_refund(principal: Principal, payment: Payment, refund: Refund) -> None:
    """Keep one that was made at the provider, with its state: it is among what he said that he gave back in all, or
    comes on top of it. The payment is locked.
    """
    beside = _beside(payment)
    refund.save(force_insert=True)
    _count(principal, payment, max(NOTHING, beside - refund.amount))


def count_in_all(principal: Principal, payment: Payment, total: Decimal) -> bool:
    """The provider says how much he gave back in all. The payment is locked. Gives whether anything changed."""
    return _count(principal, payment, max(_beside(payment), total - _sum(payment, CAME_TO_BE)))


def _beside(payment: Payment) -> Decimal:
    """What was given back and is known by no name."""
    return max(NOTHING, payment.refunded - _sum(payment, COUNTS))


def _sum(payment: Payment, which: Q) -> Decimal:
    return Refund.objects.filter(which, payment=payment).aggregate(all=Sum("amount"))["all"] or NOTHING


def _count(principal: Principal, payment: Payment, beside: Decimal) -> bool:
    change = min(payment.amount, _sum(payment, COUNTS) + max(NOTHING, beside)) - payment.refunded
    if change > 0:
        count_refund(principal, payment, change)
    elif change < 0:
        _count_less(principal, payment, -change)
    return bool(change)


def _count_less(principal: Principal, payment: Payment, amount: Decimal) -> None:
    before, payment.refunded = payment.refunded, payment.refunded - amount
    payment.state = "succeeded"
    keep(payment)
    changes = {"refunded": (before, payment.refunded)}
    record(principal, "payment.refund", kind="payment", object_id=payment.pk, changes=changes)
    if payment.party_id:
        page_changed(principal, [payment.party_id], "payments")


def count_refund(principal: Principal, payment: Payment, amount: Decimal) -> None:
    """What was given back of a locked payment pays nothing any more: credit first, then the last shares."""
    beyond = payment.shared + payment.refunded + amount - payment.amount
    if beyond > 0:
        kept, left = {}, payment.shared - beyond
        for share in payment.shares.select_related("due").order_by("due__due_on", "due_id"):
            part = min(left, share.amount)
            if part > 0:
                kept[share.due_id] = part
                left -= part
        share_locked(principal, payment, kept)
    payment.refunded += amount
    was = payment.state
    payment.state = "refunded" if payment.refunded == payment.amount else payment.state
    keep(payment)
    changes = {"refunded": (payment.refunded - amount, payment.refunded), "state": (was, payment.state)}
    remember(principal, payment, "refund", changes, PaymentRefunded(**about(payment, amount)))
    tell_of(principal, payment, "payment.refunded", money_words(amount, payment.currency))
