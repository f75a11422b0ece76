"""A payment is begun with a provider, and what he says of it is taken in: each message once, whatever its order.

A message is kept first, then taken in: one that cannot be, since its payment is not known (yet), waits in quarantine
and is tried again. A state never goes back, so messages that come late change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError
from filo.foundation.money import cents
from filo.operational.payments.events import PaymentFailed, PaymentReceived
from filo.operational.payments.models import NOTHING, Due, Payment, ProviderAccount, ProviderEvent, Refund
from filo.operational.payments.providers.contract import Provider, ProviderFailed, Said, Started, Wanted
from filo.operational.payments.queries.accounts import account_of, provider_of
from filo.operational.payments.services.changing import (
    about,
    keep,
    locked_dues,
    locked_payment,
    remember,
    tell_of,
)
from filo.operational.payments.services.refunded import count_in_all, name_refund, note_given, note_refused
from filo.operational.payments.services.sharing import proposed_shares, share_locked

PROVIDERS = system("provider")
RANKS = {"pending": 0, "failed": 1, "succeeded": 2, "refunded": 3}
TRIED = 40


def begin_payment(due: Due, row: ProviderAccount, *, return_url: str, cancel_url: str, language: str) -> Started:
    """The customer wants to pay what is left of a due. Must not be called within a transaction: it calls outside.

    Raises `DomainError`.
    """
    provider, account = provider_of(row), account_of(row)
    if due.left <= 0:
        raise DomainError(_("This is paid already. Thank you."), code="due-settled")
    label = f"{due.document} {due.company.name}"
    payment = _begun(due, row, provider) if provider.has_webhooks else None
    reference = str(payment.pk) if payment else str(due.key)
    wanted = Wanted(reference, label, due.left, due.currency, return_url, cancel_url, language)
    try:
        started = provider.start(account, wanted)
    except ProviderFailed as error:
        if payment:
            fail(payment, error.reason)
        sentence = _("Paying in this way does not work at the moment. Try again, or choose another way.")
        raise DomainError(sentence, code="provider-failed") from error
    if payment:
        Payment.objects.filter(pk=payment.pk, provider_ref="").update(provider_ref=started.provider_ref)
    return started


def _begun(due: Due, row: ProviderAccount, provider: Provider) -> Payment:
    return Payment.objects.create(
        company=due.company,
        party=due.party,
        owner_id=due.owner_id,
        unit_id=due.unit_id,
        method=provider.method,
        amount=due.left,
        currency=due.currency,
        paid_on=clock.today(),
        reference=due.document,
        state="pending",
        source="provider",
        wants=due,
        account=row,
        created_at=clock.now(),
    )


def fail(payment: Payment, reason: str) -> None:
    """It did not come in, and one that did is left alone."""
    with transaction.atomic():
        locked = locked_payment(payment)
        if RANKS[locked.state] < RANKS["failed"]:
            locked.state, locked.failure = "failed", reason[:300]
            keep(locked)
            remember(PROVIDERS, locked, "fail", {"state": ("pending", "failed")}, PaymentFailed(**about(locked)))


def receive_webhook(row: ProviderAccount, headers: Mapping[str, str], body: bytes) -> list[ProviderEvent]:
    """Keep what a provider sent and take it in. Raises `Forged` for what is not his; then nothing is kept."""
    said = provider_of(row).read_webhook(account_of(row), headers, body, now=clock.now())
    kept = []
    for one in said:
        made = ProviderEvent(
            account=row,
            event_id=one.event_id,
            type=one.type,
            at=one.at,
            received_at=clock.now(),
            raw=body.decode("utf-8", errors="replace"),
        )
        ProviderEvent.objects.bulk_create([made], ignore_conflicts=True)
        kept.append(take_in(ProviderEvent.objects.get(account=row, event_id=one.event_id), one))
    return kept


def take_in(event: ProviderEvent, said: Said) -> ProviderEvent:
    """The effect of one message, once: in one transaction with the note that it had it."""
    with transaction.atomic():
        locked = ProviderEvent.objects.select_for_update().get(pk=event.pk)
        if locked.state != "waiting":
            return locked
        locked.tries += 1
        locked.state, locked.reason = _effect(locked, said)
        locked.save()
    return locked


def _effect(event: ProviderEvent, said: Said) -> tuple[str, str]:
    if said.outcome in ("unheard", "pending"):
        return "unheard", ""
    found = _payment_of(event.account_id, said)
    if found is None:
        return "waiting", "unknown-payment"
    payment = locked_payment(found)
    event.payment = payment
    if said.outcome == "refunded":
        return _refunded(payment, said)
    if said.outcome in ("refund-begun", "refund-done", "refund-failed"):
        return _refund_decided(payment, said)
    if RANKS[said.outcome] <= RANKS[payment.state]:
        return "late", ""
    if said.outcome == "failed":
        payment.state, payment.failure, payment.provider_at = "failed", said.failure, said.at
        keep(payment)
        remember(PROVIDERS, payment, "fail", {"state": ("pending", "failed")}, PaymentFailed(**about(payment)))
        return "done", ""
    return _came_in(payment, said)


def _payment_of(account_id: UUID, said: Said) -> Payment | None:
    rows = Payment.objects.filter(account=account_id)
    if said.reference:
        try:
            found = rows.filter(pk=UUID(said.reference)).first()
        except ValueError:
            found = None
        if found is not None:
            return found
    if said.provider_ref:
        return rows.filter(provider_ref=said.provider_ref).first()
    return rows.filter(provider_intent=said.intent).first() if said.intent else None


def _came_in(payment: Payment, said: Said) -> tuple[str, str]:
    if said.amount is not None and said.currency and said.currency != payment.currency:
        return "waiting", "other-currency"
    before = payment.state
    # What came in counts, not what was asked for.
    if said.amount is not None and said.amount > 0:
        payment.amount = cents(said.amount, payment.currency)
    payment.state, payment.failure, payment.provider_at = "succeeded", "", said.at
    payment.provider_ref = payment.provider_ref or said.provider_ref
    payment.provider_intent = said.intent or payment.provider_intent
    payment.paid_on = clock.today()
    keep(payment)
    proposed = proposed_shares(PROVIDERS, payment, first=payment.wants_id) if payment.wants_id else {}
    wanted = {key: amount for key, amount in proposed.items() if key == payment.wants_id}
    dues = locked_dues(wanted)
    wanted = {key: min(amount, dues[key].left) for key, amount in wanted.items() if dues[key].left > 0}
    if wanted:
        share_locked(PROVIDERS, payment, wanted)
    remember(PROVIDERS, payment, "receive", {"state": (before, "succeeded")}, PaymentReceived(**about(payment)))
    tell_of(PROVIDERS, payment, "payment.received", f"{money_words(payment.amount, payment.currency)}, {payment}")
    return "done", ""


def _refunded(payment: Payment, said: Said) -> tuple[str, str]:
    """The provider says how much he gave back in all; what we know by name is counted already."""
    if payment.state not in ("succeeded", "refunded"):
        return "waiting", "refund-before-payment"
    if not count_in_all(PROVIDERS, payment, said.refunded or NOTHING):
        return "late", ""
    payment.provider_at = said.at
    payment.save(update_fields=["provider_at"])
    return "done", ""


def _refund_decided(payment: Payment, said: Said) -> tuple[str, str]:
    """Of one refund: one that we asked for, or one that was made at the provider and is known by his name for it."""
    refund = _refund_of(payment, said)
    if refund is None:
        return _refund_named(payment, said)
    if said.outcome == "refund-begun":
        return "unheard", ""
    if said.outcome == "refund-done":
        changed = note_given(refund.pk, state="done", provider_ref=said.refund_ref)
    else:
        changed = note_refused(PROVIDERS, payment, refund.pk, said.failure, provider_ref=said.refund_ref)
    return "done" if changed else "late", ""


def _refund_named(payment: Payment, said: Said) -> tuple[str, str]:
    if payment.state not in ("succeeded", "refunded"):
        return "waiting", "refund-before-payment"
    amount = cents(said.amount or NOTHING, payment.currency)
    if amount <= 0 or not said.refund_ref:
        return "unheard", ""
    made = Refund(
        payment=payment,
        amount=amount,
        state=said.outcome.removeprefix("refund-"),
        provider_ref=said.refund_ref,
        failure=said.failure,
        at=said.at,
    )
    name_refund(PROVIDERS, payment, made)
    return "done", ""


def _refund_of(payment: Payment, said: Said) -> Refund | None:
    try:
        found = payment.refunds.filter(pk=UUID(said.refund)).first() if said.refund else None
    except ValueError:
        found = None
    return found or payment.refunds.filter(provider_ref=said.refund_ref).exclude(provider_ref="").first()


def retry_waiting() -> int:
    """Messages in quarantine are tried again for some days; gives how many went in."""
    done = 0
    since = clock.now() - timedelta(days=7)
    rows = ProviderEvent.objects.filter(state="waiting", tries__lt=TRIED, received_at__gt=since)
    for event in rows.select_related("account").order_by("at", "received_at")[:500]:
        for said in provider_of(event.account).reread(event.raw.encode()):
            done += take_in(event, said).state != "waiting"
    return done
