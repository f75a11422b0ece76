"""Money is given back: counted first, so that nobody spends it twice, then asked of the provider."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.jobs.services import enqueue
from filo.operational.payments.models import Payment, Refund
from filo.operational.payments.policies import PAYMENT_REFUNDED
from filo.operational.payments.providers.contract import ProviderFailed
from filo.operational.payments.queries.accounts import account_of, provider_of
from filo.operational.payments.queries.caps import refund_cap_of
from filo.operational.payments.services.asking import JOB, ask_refund, start_refund
from filo.operational.payments.services.changing import locked_payment
from filo.operational.payments.services.dues import clean_sum
from filo.operational.payments.services.providing import PROVIDERS
from filo.operational.payments.services.refunded import note_given, note_refused

ASK_AGAIN = timedelta(minutes=2)  # longer than one call to a provider may take


def refund_payment(
    principal: Principal, payment: Payment, *, amount: Decimal, reason: str, later: bool = False
) -> Refund:
    """Give some of a payment back. One that a provider passed on goes back through him, the rest is sent by hand; more
    than one may alone is `asked` first.

    Must not be called within a transaction, since it calls outside, unless `later`: then a job asks the provider once
    all of it is kept. Where his answer is lost it stays `begun`, and the job asks again. Raises `Forbidden`,
    `InvalidFields`, `DomainError`.
    """
    principal.require("payment", "refund")
    if not PAYMENT_REFUNDED.allows(principal, payment):
        raise Forbidden
    amount, said = clean_sum(amount, payment.currency), clean_line(reason, max_length=300)
    if not said:
        raise InvalidFields({"reason": _("Say why it is given back.")})
    cap = refund_cap_of(principal)
    if cap is not None and amount > cap:
        return ask_refund(principal, payment, amount, said)
    with transaction.atomic():
        locked = locked_payment(payment)
        refund = Refund(payment=locked, amount=amount, reason=said, user_id=principal.user_id, at=clock.now())
        start_refund(principal, refund, locked)
        refund.save(force_insert=True)
        if refund.state == "begun":
            run_at = clock.now() if later else clock.now() + ASK_AGAIN
            enqueue(JOB, run_at=run_at, key=str(refund.pk), refund=str(refund.pk))
    if not later:
        with suppress(ProviderFailed):
            give_back(refund)
    return refund


def give_back(refund: Refund) -> None:
    """Ask the provider, where one is to; asking again is known to him by its key.

    Raises `DomainError`, and `ProviderFailed` where he may have given it back or not: it is to be asked again.
    """
    if refund.state == "begun":
        _through_provider(refund)


def _through_provider(refund: Refund) -> None:
    payment = Payment.objects.select_related("account__company").get(pk=refund.payment_id)
    if payment.account is None:
        return
    provider, account = provider_of(payment.account), account_of(payment.account)
    try:
        given = provider.refund(
            account,
            intent=payment.provider_intent,
            amount=refund.amount,
            currency=payment.currency,
            key=str(refund.pk),
        )
    except ProviderFailed as error:
        if error.unsure:
            raise
        _failed(payment, refund, error.reason)
        sentence = _("The provider did not give it back: %(reason)s")
        raise DomainError(sentence % {"reason": error.reason}, code="provider-failed") from error
    if given.state == "failed":
        _failed(payment, refund, given.failure)
        sentence = _("The provider did not give it back: %(reason)s")
        raise DomainError(sentence % {"reason": given.failure or "?"}, code="provider-failed")
    note_given(refund.pk, state=given.state, provider_ref=given.provider_ref)
    refund.refresh_from_db()


def _failed(payment: Payment, refund: Refund, reason: str) -> None:
    with transaction.atomic():
        note_refused(PROVIDERS, locked_payment(payment), refund.pk, reason)
    refund.refresh_from_db()
