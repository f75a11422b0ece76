"""The provider inside Filo: Stripe's counterpart on this machine, for trying everything without a network.

It keeps what it is told in `SandboxSession`, and speaks to us as Stripe does: signed webhooks over HTTP.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.foundation.jobs.services import enqueue
from filo.operational.payments.models import ProviderAccount, SandboxSession
from filo.operational.payments.providers.card.signing import signature_of
from filo.operational.payments.providers.dialling import own_address, post
from filo.operational.payments.queries.accounts import account_of
from filo.operational.payments.services.answering import Declined

LATE = timedelta(minutes=2)
OUTCOMES = ("pay", "decline", "abandon")
ENDED = ("pay", "abandon", "expired")


def knows_key(row: ProviderAccount, authorization: str) -> bool:
    """Whether a request carries the account's secret key."""
    right = f"Bearer {account_of(row).secret_key}"
    return bool(row.secret_key) and hmac.compare_digest(right.encode(), authorization.encode())


def open_session(row: ProviderAccount, fields: Mapping[str, str], *, key: str) -> SandboxSession:
    """`POST /v1/checkout/sessions`: asked twice with one key, there is one. Raises ValueError, KeyError."""
    price = "line_items[0][price_data]"
    made = SandboxSession(
        id=f"cs_test_{secrets.token_hex(20)}",
        key=f"{row.pk}:{hashlib.sha256(key.encode()).hexdigest() if len(key) > 80 else key or secrets.token_hex(8)}",
        intent=f"pi_{secrets.token_hex(12)}",
        account=row,
        reference=fields.get("client_reference_id", "")[:120],
        label=fields[f"{price}[product_data][name]"][:200],
        cents=int(fields[f"{price}[unit_amount]"]),
        currency=fields[f"{price}[currency]"].upper()[:3],
        success_url=fields["success_url"][:500],
        cancel_url=fields["cancel_url"][:500],
        created_at=clock.now(),
    )
    SandboxSession.objects.bulk_create([made], ignore_conflicts=True)
    return SandboxSession.objects.get(key=made.key)


def end_session(
    session: SandboxSession, outcome: str, *, again: bool = False, late: bool = False, disordered: bool = False
) -> None:
    """The one who tries chose what happens; what Stripe would say is sent. Raises `DomainError`.

    again: each message three times. late: only after two minutes. disordered: a failure that was before, after it.
    """
    if outcome not in OUTCOMES:
        raise DomainError(_("Choose what is to happen."), code="bad-outcome")
    with transaction.atomic():
        locked = SandboxSession.objects.select_for_update().get(pk=session.pk)
        if locked.outcome in ENDED:
            raise DomainError(ended_words(locked), code="session-ended")
        locked.outcome = outcome
        locked.save()
        messages = [_message(locked, outcome, clock.now())]
        if disordered:
            messages.append(_message(locked, "decline", clock.now() - timedelta(minutes=1)))
        for body in messages:
            for _time in range(3 if again else 1):
                run_at = clock.now() + LATE if late else None
                enqueue("payments.send_from_sandbox", run_at=run_at, account=str(locked.account_id), body=body)


def ended_words(session: SandboxSession) -> str:
    """What its page says once it has ended; nothing before."""
    if session.outcome in ("pay", "expired"):
        return _("This was paid already: nothing more is taken.")
    return _("This was decided already.") if session.outcome in ENDED else ""


def expire_session(row: ProviderAccount, session_id: str) -> SandboxSession:
    """`POST /v1/checkout/sessions/:id/expire`. Raises `Declined`."""
    with transaction.atomic():
        locked = SandboxSession.objects.select_for_update().filter(pk=session_id, account=row).first()
        if locked is None:
            raise Declined(f"No such checkout.session: '{session_id}'")
        if locked.outcome in ENDED:
            raise Declined('Only Checkout Sessions with a status in ["open"] can be expired.')
        locked.outcome = "expired"
        locked.save()
        body = _message(locked, "expired", clock.now())
        enqueue("payments.send_from_sandbox", account=str(row.pk), body=body)
    return locked


def give_back(row: ProviderAccount, fields: Mapping[str, str]) -> dict[str, Any]:
    """`POST /v1/refunds`. Raises ValueError, KeyError, `Declined`."""
    cents, intent = int(fields["amount"]), fields["payment_intent"]
    if cents <= 0:
        raise ValueError("amount")
    with transaction.atomic():
        session = SandboxSession.objects.select_for_update().filter(intent=intent, account=row).first()
        if session is None or session.outcome != "pay":
            raise Declined(f"This PaymentIntent ({intent}) does not have a successful charge to refund.")
        if session.refunded_cents + cents > session.cents:
            raise Declined("Refund amount is greater than unrefunded amount on charge.")
        session.refunded_cents += cents
        session.save()
        charge = {
            "id": f"ch_{session.intent}",
            "object": "charge",
            "payment_intent": session.intent,
            "amount": session.cents,
            "amount_refunded": session.refunded_cents,
            "currency": session.currency.lower(),
        }
        body = _event("charge.refunded", charge, clock.now())
        enqueue("payments.send_from_sandbox", account=str(row.pk), body=body)
    return {
        "id": f"re_{secrets.token_hex(12)}",
        "object": "refund",
        "amount": cents,
        "currency": session.currency.lower(),
        "payment_intent": intent,
        "status": "succeeded",
    }


def deliver(row: ProviderAccount, body: str) -> int:
    """Post one message to ourselves, signed now; gives the status that came back."""
    content = body.encode()
    secret = account_of(row).webhook_secret
    moment = int(clock.now().timestamp())
    headers = {"Content-Type": "application/json", "Stripe-Signature": signature_of(secret, content, moment=moment)}
    return post(own_address(f"/p/pay/hooks/{row.pk}"), headers=headers, content=content)[0]


def _message(session: SandboxSession, outcome: str, at: Any) -> str:
    if outcome == "decline":
        intent = {
            "id": session.intent,
            "object": "payment_intent",
            "amount": session.cents,
            "currency": session.currency.lower(),
            "metadata": {"filo_payment": session.reference},
            "last_payment_error": {"code": "card_declined", "message": "Your card was declined."},
        }
        return _event("payment_intent.payment_failed", intent, at)
    paid = outcome == "pay"
    thing = {
        "id": session.pk,
        "object": "checkout.session",
        "client_reference_id": session.reference,
        "amount_total": session.cents,
        "currency": session.currency.lower(),
        "payment_intent": session.intent if paid else None,
        "payment_status": "paid" if paid else "unpaid",
        "status": "complete" if paid else "expired",
    }
    return _event(f"checkout.session.{'completed' if paid else 'expired'}", thing, at)


def _event(kind: str, thing: dict[str, Any], at: Any) -> str:
    event = {
        "id": f"evt_{secrets.token_hex(12)}",
        "object": "event",
        "api_version": "2025-09-30.clover",
        "created": int(at.timestamp()),
        "livemode": False,
        "type": kind,
        "data": {"object": thing},
    }
    return json.dumps(event, separators=(",", ":"))
