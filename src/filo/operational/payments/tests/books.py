"""Books for tests: dues of the customers of the small world, payments, a card account in the sandbox."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.operational.payments.models import Due, Payment, ProviderAccount
from filo.operational.payments.providers.card.signing import signature_of
from filo.operational.payments.queries.accounts import account_of
from filo.operational.payments.services.dues import open_due
from filo.operational.payments.services.recording import PaymentFacts, record_payment
from filo.operational.payments.services.settings import keep_account
from filo.testing.world import World

CLERK = system("accounts")


@dataclass
class Books:
    """What is owed and paid; `late` is how many days ago a due was to be paid."""

    world: World

    def principal(self, name: str = "inside") -> Principal:
        return self.world.principal(name)

    def due(
        self, amount: str = "100.00", *, document: str = "Fattura 2026/31", late: int = 0, party: str = "own"
    ) -> Due:
        day = clock.today() - timedelta(days=late)
        return open_due(
            CLERK,
            party=self.world.parties[party],
            company=self.world.companies["moda"],
            document=document,
            document_on=day - timedelta(days=30),
            due_on=day,
            amount=Decimal(amount),
        )

    def facts(self, amount: str = "100.00", *, party: str = "own", on: date | None = None, **more: Any) -> PaymentFacts:
        return PaymentFacts(
            company=self.world.companies["moda"],
            party=self.world.parties[party],
            amount=Decimal(amount),
            paid_on=on or clock.today(),
            **more,
        )

    def pay(self, amount: str = "100.00", *, who: str = "inside", **more: Any) -> Payment:
        return record_payment(self.principal(who), self.facts(amount, **more))

    def card(self) -> ProviderAccount:
        return keep_account(self.principal("admin"), self.world.companies["moda"], kind="card", sandbox=True)

    def begun(self, due: Due, card: ProviderAccount) -> Payment:
        return Payment.objects.create(
            company=due.company,
            party=due.party,
            owner_id=due.owner_id,
            unit_id=due.unit_id,
            method="card",
            amount=due.left,
            paid_on=clock.today(),
            state="pending",
            source="provider",
            wants=due,
            account=card,
            created_at=clock.now(),
        )


def message(
    payment: Payment | None,
    kind: str = "checkout.session.completed",
    *,
    event: str = "evt_1",
    ago: int = 0,
    **facts: Any,
) -> bytes:
    """What Stripe would post of a payment; None: of one that nobody knows."""
    cents = int(payment.amount * 100) if payment else 10_000
    thing = {
        "id": "cs_test_1",
        "client_reference_id": str(payment.pk) if payment else "",
        "amount_total": cents,
        "amount": cents,
        "currency": "eur",
        "payment_intent": "pi_1",
        "payment_status": "paid",
    }
    created = int(clock.now().timestamp()) - ago
    return json.dumps({"id": event, "type": kind, "created": created, "data": {"object": thing | facts}}).encode()


def signed(card: ProviderAccount, body: bytes, *, ago: int = 0) -> dict[str, str]:
    """The header that makes it Stripe's."""
    moment = int(clock.now().timestamp()) - ago
    return {"stripe-signature": signature_of(account_of(card).webhook_secret, body, moment=moment)}
