"""Stripe's Checkout Sessions: https://docs.stripe.com/api/checkout/sessions, /refunds and /webhooks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from filo.foundation.money import smallest
from filo.operational.payments.providers.card.signing import check_signature
from filo.operational.payments.providers.contract import (
    Account,
    Forged,
    GivenBack,
    Outcome,
    ProviderFailed,
    Said,
    Started,
    Wanted,
)
from filo.operational.payments.providers.dialling import answered, post

BASE = "https://api.stripe.com"
# https://docs.stripe.com/api/refunds/object: a refund is pending, requires_action, succeeded, failed or canceled.
_REFUNDS: dict[str, Any] = {"succeeded": "done", "pending": "begun", "requires_action": "begun"}
_REFUNDED: dict[str, Outcome] = {
    "pending": "refund-begun",
    "requires_action": "refund-begun",
    "succeeded": "refund-done",
    "failed": "refund-failed",
    "canceled": "refund-failed",
}
# Of one refund; before 2024-10-28 Stripe said `charge.refund.updated` where it says the others now.
REFUND_EVENTS = ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated")


class Card:
    """Cards and wallets on a page of the provider."""

    code = "card"
    label = _("Card (Stripe)")
    method = "card"
    has_webhooks = True

    def start(self, account: Account, wanted: Wanted) -> Started:
        """A Checkout Session; where it is, the customer is sent to. Raises `ProviderFailed`."""
        fields = {
            "mode": "payment",
            "client_reference_id": wanted.reference,
            "success_url": wanted.return_url,
            "cancel_url": wanted.cancel_url,
            "locale": wanted.language,
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": wanted.currency.lower(),
            "line_items[0][price_data][unit_amount]": str(to_units(wanted.amount, wanted.currency)),
            "line_items[0][price_data][product_data][name]": wanted.label,
            "payment_intent_data[metadata][filo_payment]": wanted.reference,
        }
        found = self._asked(account, "/v1/checkout/sessions", fields, key=wanted.reference)
        redirect, name = str(found.get("url") or ""), str(found.get("id") or "")
        if not redirect.startswith(("https://", "http://")) or any(map(str.isspace, redirect)) or not name:
            raise ProviderFailed("no address to pay at")
        return Started(redirect, name[:120])

    def expire(self, account: Account, provider_ref: str) -> None:
        """Its Checkout Session is closed. Raises `ProviderFailed`, also for one that is paid or closed already."""
        path = f"/v1/checkout/sessions/{quote(provider_ref, safe='')}/expire"
        self._asked(account, path, {}, key=f"expire-{provider_ref}")

    def refund(self, account: Account, *, intent: str, amount: Decimal, currency: str, key: str) -> GivenBack:
        """A Refund of the PaymentIntent. Raises `ProviderFailed`."""
        fields = {
            "payment_intent": intent,
            "amount": str(to_units(amount, currency)),
            "metadata[filo_refund]": key,
        }
        found = self._asked(account, "/v1/refunds", fields, key=key)
        state = _REFUNDS.get(str(found.get("status")), "failed")
        return GivenBack(str(found.get("id", ""))[:120], state, str(found.get("failure_reason") or "")[:300])

    def read_webhook(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Said]:
        """One Event. Raises `Forged`."""
        check_signature(account.webhook_secret, headers.get("stripe-signature", ""), body, now=now)
        return self.reread(body)

    def reread(self, body: bytes) -> Sequence[Said]:
        """One Event that was checked before. Raises `Forged`."""
        try:
            return [_said(json.loads(body))]
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, ArithmeticError) as error:
            raise Forged("unreadable") from error

    def _asked(self, account: Account, path: str, fields: dict[str, str], *, key: str) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {account.secret_key}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Idempotency-Key": key,
        }
        url = (account.base or BASE).rstrip("/") + path
        return answered(*post(url, headers=headers, content=urlencode(fields).encode()))


def _said(event: dict[str, Any]) -> Said:
    kind, thing = str(event["type"]), event["data"]["object"]
    outcome = _outcome(kind, thing)
    currency = str(thing.get("currency") or "").upper()
    is_session, is_refund = kind.startswith("checkout.session."), kind in REFUND_EVENTS
    cents = thing.get("amount_total") if is_session else thing.get("amount")
    refunded = thing.get("amount_refunded") if kind == "charge.refunded" else None
    error = thing.get("last_payment_error") or {}
    metadata = thing.get("metadata") or {}
    return Said(
        event_id=str(event["id"])[:120],
        type=kind[:80],
        at=datetime.fromtimestamp(int(event["created"]), UTC),
        outcome=outcome,
        reference=str(thing.get("client_reference_id") or metadata.get("filo_payment") or "")[:120],
        provider_ref=str(thing["id"])[:120] if is_session else "",
        intent=str(thing["id"] if kind.startswith("payment_intent.") else thing.get("payment_intent") or "")[:120],
        amount=None if cents is None else from_units(int(cents), currency),
        currency=currency,
        refunded=None if refunded is None else from_units(int(refunded), currency),
        refund=str(metadata.get("filo_refund") or "")[:120] if is_refund else "",
        refund_ref=str(thing["id"])[:120] if is_refund else "",
        failure=str(error.get("message") or thing.get("failure_reason") or "")[:300],
    )


def _outcome(kind: str, thing: dict[str, Any]) -> Outcome:
    if kind == "checkout.session.completed":
        # A transfer by SEPA is complete before it is paid: `async_payment_succeeded` says so later.
        return "succeeded" if thing.get("payment_status") in ("paid", "no_payment_required") else "pending"
    if kind in REFUND_EVENTS:
        return _REFUNDED.get(str(thing.get("status")), "unheard")
    known: dict[str, Outcome] = {
        "checkout.session.async_payment_succeeded": "succeeded",
        "checkout.session.async_payment_failed": "failed",
        "checkout.session.expired": "failed",
        "payment_intent.payment_failed": "failed",
        "charge.refunded": "refunded",
    }
    return known.get(kind, "unheard")


def to_units(amount: Decimal, currency: str) -> int:
    """As Stripe counts: in the smallest unit of a currency."""
    return int(amount / smallest(currency))


def from_units(units: int, currency: str) -> Decimal:
    """The same back."""
    return units * smallest(currency or "EUR")


PROVIDER = Card()
