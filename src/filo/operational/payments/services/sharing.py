"""What a payment pays: said by a person, or the oldest first. Never more than it is, nor than is owed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.money import cents
from filo.operational.payments.bank.matching import oldest_first
from filo.operational.payments.events import PaymentShared
from filo.operational.payments.models import NOTHING, Due, Payment, PaymentShare
from filo.operational.payments.policies import DUE_PAID, PAYMENT_EDITED
from filo.operational.payments.services.changing import about, keep, locked_dues, locked_payment, pay_into, remember

Shares = Mapping[UUID, Decimal]


def share_payment(principal: Principal, payment: Payment, shares: Shares, *, version: int | None = None) -> Payment:
    """Say anew what a payment pays: these dues, these sums, nothing else.

    Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    principal.require("payment", "edit")
    if not PAYMENT_EDITED.allows(principal, payment):
        raise Forbidden
    with transaction.atomic():
        locked = locked_payment(payment)
        if version is not None and version != locked.version:
            raise Stale({}, version=locked.version)
        share_locked(principal, locked, shares)
    return locked


def share_locked(principal: Principal, payment: Payment, shares: Shares) -> None:
    """The same for a payment that is locked or new. What is not shared is the customer's credit."""
    wanted = {key: _clean(amount, payment.currency) for key, amount in shares.items() if amount}
    was = {share.due_id: share for share in payment.shares.all()}
    before = {str(key): str(share.amount) for key, share in was.items()}
    dues = locked_dues([*wanted, *was])
    _check(principal, payment, wanted, dues, was)
    # What is taken away first, so that a due that is moved from one payment to the other is never above its amount.
    for key, due in dues.items():
        change = wanted.get(key, NOTHING) - (was[key].amount if key in was else NOTHING)
        if change:
            pay_into(principal, due, change)
    PaymentShare.objects.filter(payment=payment).delete()
    PaymentShare.objects.bulk_create(
        PaymentShare(payment=payment, due_id=key, amount=amount) for key, amount in wanted.items()
    )
    after = {str(key): str(amount) for key, amount in wanted.items()}
    if before != after:
        payment.shared = sum(wanted.values(), NOTHING)
        keep(payment)
        remember(principal, payment, "share", {"shares": (before, after)}, PaymentShared(**about(payment)))


def _clean(amount: Decimal, currency: str) -> Decimal:
    if not amount.is_finite() or amount < 0:
        raise InvalidFields({"shares": _("Write an amount above 0: 1.234,56.")})
    if cents(amount, currency) != amount:
        raise InvalidFields({"shares": _("This amount has more decimals than its currency.")})
    return cents(amount, currency)


def _check(
    principal: Principal,
    payment: Payment,
    wanted: Shares,
    dues: Mapping[UUID, Due],
    was: Mapping[UUID, PaymentShare],
) -> None:
    if wanted and (not payment.is_in or payment.direction != "in"):
        raise DomainError(_("Only money that came in pays something."), code="payment-not-in")
    for key, amount in wanted.items():
        due = dues.get(key)
        if due is None or not (DUE_PAID.allows(principal, due) or key in was):
            raise InvalidFields({"shares": _("What it is to pay is not there, or not yours.")})
        if due.company_id != payment.company_id or due.currency != payment.currency:
            raise InvalidFields({"shares": _("A payment pays only what is owed to its company, in its currency.")})
        left = due.left + (was[key].amount if key in was else NOTHING)
        if amount > left:
            sentence = _("Of %(document)s only %(left)s is owed still.")
            raise InvalidFields({"shares": sentence % {"document": due.document, "left": f"{left:.2f}"}})
    if sum(wanted.values(), NOTHING) > payment.amount - payment.refunded:
        raise InvalidFields({"shares": _("This is more than the payment holds.")})


def proposed_shares(principal: Principal, payment: Payment, *, first: UUID | None = None) -> dict[UUID, Decimal]:
    """What the rest of a payment would pay if nobody says otherwise: `first`, then the oldest of the customer."""
    left = payment.left
    if payment.party_id is None or left <= 0:
        return {}
    rows = Due.objects.visible_to(principal).unpaid()
    rows = rows.filter(party=payment.party_id, company=payment.company_id, currency=payment.currency)
    owed = [(due.pk, due.due_on, due.left) for due in rows]
    found = oldest_first(left, [one for one in owed if one[0] == first])
    rest = left - sum(found.values(), NOTHING)
    return found | oldest_first(rest, [one for one in owed if one[0] != first])
