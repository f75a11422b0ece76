"""What Gruppo Aurora is owed and was paid: a card account to try out, reminders, dues late and paid, one disputed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

from filo.config.demo.company import BUILDER
from filo.foundation import clock
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Relationship
from filo.operational.payments.models import Due
from filo.operational.payments.services.dues import dispute_due, open_due
from filo.operational.payments.services.ready import make_ready
from filo.operational.payments.services.recording import PaymentFacts, record_payment
from filo.operational.payments.services.settings import keep_account

MANY = 40
_IBANS = ("IT60X0542811101000000123456",)
# Days after its day that each was paid; None: it is open still.
_DELAYS = (-2, 0, 0, 3, 5, 9, 14, 22, 41, None)


def take_money() -> None:
    """How customers pay, and when they are reminded."""
    make_ready(BUILDER)
    for company in SellingCompany.objects.order_by("position", "code"):
        keep_account(BUILDER, company, kind="card", sandbox=True)
        keep_account(BUILDER, company, kind="bank_transfer", iban=_IBANS[0], holder=company.legal_name or company.name)


def tell_payments() -> None:
    """Opening balances of customers over the last half-year, most of them paid."""
    chance, today = Random(7), clock.today()  # noqa: S311
    ties = Relationship.objects.filter(stage="customer", ended_at=None).select_related("party", "company")
    for number, tie in enumerate(ties.order_by("id")[:MANY], start=1):
        day = today - timedelta(days=chance.randrange(5, 180))
        amount = Decimal(chance.randrange(12_000, 480_000)) / 100
        due = open_due(
            BUILDER,
            party=tie.party,
            company=tie.company,
            document=f"Fattura {day.year - 1}/{900 + number}",
            document_on=day - timedelta(days=30),
            due_on=day,
            amount=amount,
            owner_id=tie.owner_id,
            unit_id=tie.unit_id,
        )
        _pay(due, _DELAYS[number % len(_DELAYS)], part=number % 13 == 0)
    disputed = Due.objects.filter(settled_on=None, due_on__lt=today).order_by("due_on").first()
    if disputed is not None:
        dispute_due(BUILDER, disputed, "Due colli arrivati bagnati: il cliente chiede una nota di credito.")


def _pay(due: Due, delay: int | None, *, part: bool) -> None:
    paid_on = due.due_on + timedelta(days=delay or 0)
    if delay is None or paid_on > clock.today():
        return
    amount = (due.amount / 2).quantize(Decimal("0.01")) if part else due.amount
    facts = PaymentFacts(
        company=due.company,
        party=due.party,
        amount=amount,
        paid_on=paid_on,
        reference=f"Saldo {due.document}",
    )
    record_payment(BUILDER, facts, shares={due.pk: amount})
