"""Giving back more than one may alone: somebody who may is asked, and his yes does it."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.jobs.services import enqueue
from filo.operational.approvals.models import Approval
from filo.operational.approvals.registry import Approvable, approvable
from filo.operational.approvals.services import ask_approval
from filo.operational.payments.models import Payment, Refund
from filo.operational.payments.queries.caps import refund_cap_of
from filo.operational.payments.services.changing import locked_payment
from filo.operational.payments.services.refunded import count_refund

KIND = "refund"
JOB = "payments.give_back"
MOST_WEIGHT = Decimal("999999.99")


def ask_refund(principal: Principal, payment: Payment, amount: Decimal, reason: str) -> Refund:
    """Keep what is wanted and ask; nothing of it counts yet. Raises `DomainError` where one is asked for already."""
    cap = refund_cap_of(principal)
    with transaction.atomic():
        locked = locked_payment(payment)
        refuse_what_cannot_be(locked, amount)
        if locked.refunds.filter(state="asked").exists():
            raise DomainError(_("A refund of this payment waits for approval already."), code="refund-asked")
        refund = Refund.objects.create(
            payment=locked, amount=amount, reason=reason, state="asked", user_id=principal.user_id, at=clock.now()
        )
        words = {"amount": money_words(amount, locked.currency), "cap": money_words(cap or Decimal(0), locked.currency)}
        who = locked.party.display_name if locked.party else ""
        ask_approval(
            principal,
            kind=KIND,
            subject_id=refund.pk,
            what=" · ".join(part for part in (_("Refund of %(amount)s") % words, who, locked.reference) if part),
            why=_("%(reason)s (more than %(cap)s, which may be given back without asking)")
            % {"reason": reason, **words},
            weight=min(amount, MOST_WEIGHT),
            party_id=locked.party_id,
            company_id=locked.company_id,
            unit_id=locked.unit_id,
        )
        changes = {"refunded": (None, amount)}
        record(principal, "payment.ask-refund", kind="payment", object_id=locked.pk, changes=changes)
    return refund


def refuse_what_cannot_be(payment: Payment, amount: Decimal) -> None:
    """Raises `DomainError`, and `InvalidFields` for more than is left of it."""
    if not payment.is_in or payment.direction != "in":
        raise DomainError(_("Only money that came in can be given back."), code="payment-not-in")
    left = payment.amount - payment.refunded
    if amount > left:
        sentence = _("Of this payment only %(left)s can be given back.")
        raise InvalidFields({"amount": sentence % {"left": money_words(left, payment.currency)}})


def start_refund(principal: Principal, refund: Refund, payment: Payment) -> None:
    """It counts from now on; a provider is to be asked next (`begun`), or somebody sends it by hand (`done`).

    The payment is locked. Raises `DomainError`, `InvalidFields`.
    """
    refuse_what_cannot_be(payment, refund.amount)
    through = payment.account_id is not None and bool(payment.provider_intent)
    count_refund(principal, payment, refund.amount)
    refund.state = "begun" if through else "done"


def _decided(principal: Principal, approval: Approval) -> None:
    """What follows: it is given back at once, through the provider by a job; or it stays with the no."""
    refund = Refund.objects.select_for_update(of=("self",)).filter(pk=approval.subject_id, state="asked").first()
    if refund is None:
        return
    if approval.state != "approved":
        refund.state, refund.failure = "denied", approval.note[:300]
    else:
        try:
            with transaction.atomic():
                start_refund(principal, refund, locked_payment(refund.payment))
        except DomainError as error:  # what was there to be given back has gone meanwhile
            told = next(iter(error.fields.values()))[0] if isinstance(error, InvalidFields) else error
            refund.state, refund.failure = "failed", str(told)[:300]
    refund.save(update_fields=["state", "failure"])
    if refund.state == "begun":
        enqueue(JOB, key=str(refund.pk), refund=str(refund.pk))


def _may_give(principal: Principal, approval: Approval) -> bool:
    """Whoever approves so much may give so much back himself."""
    cap = refund_cap_of(principal)
    return principal.may("payment", "refund") and (cap is None or approval.weight <= cap)


def _url(refund_id: UUID) -> str:
    found = Refund.objects.filter(pk=refund_id).values_list("payment_id", flat=True).first()
    return f"/payments/{found}" if found else "/payments"


def register_approvals() -> None:
    """Called once, when the program starts."""
    approvable(Approvable(KIND, gettext_lazy("Refund"), "undo-2", _url, _decided, _may_give, unit_of_weight=""))
