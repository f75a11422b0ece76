"""A payment is written down, and taken back where that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import untell
from filo.operational.payments.events import PaymentReceived, PaymentTakenBack
from filo.operational.payments.models import DIRECTIONS, METHODS, BankLine, Due, Payment
from filo.operational.payments.policies import PAYMENT_EDITED, PAYMENT_SEEN, require_company
from filo.operational.payments.services.changing import (
    about,
    keep,
    locked_dues,
    locked_payment,
    remember,
    tell_of,
)
from filo.operational.payments.services.dues import clean_sum
from filo.operational.payments.services.sharing import Shares, proposed_shares, share_locked


@dataclass(frozen=True, kw_only=True)
class PaymentFacts:
    """What is known of a payment that came in, or left."""

    company: SellingCompany
    party: Party | None
    amount: Decimal
    paid_on: date
    method: str = "bank"
    direction: str = "in"
    currency: str = "EUR"
    reference: str = ""
    note: str = ""
    source: str = "hand"


def record_payment(
    principal: Principal,
    facts: PaymentFacts,
    *,
    shares: Shares | None = None,
    first: UUID | None = None,
    key: UUID | None = None,
) -> Payment:
    """Write down a payment and what it pays: `shares`, or what is left out, `first` and then the oldest.

    With a `key` it is written down once, however often that is asked for. What is beyond what is owed stays the
    customer's credit. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("payment", "create")
    require_company(principal, facts.company.pk)
    made = _made(principal, facts, key)
    with transaction.atomic():
        share = made.direction == "in"
        wanted = shares if shares is not None else proposed_shares(principal, made, first=first) if share else {}
        _follow(made, first or next(iter(wanted), None))
        if not store_once(made):
            return _same(principal, Payment.objects.get(pk=made.pk))
        if shares is None and wanted:
            wanted = _still_owed(wanted)
        if wanted:
            share_locked(principal, made, wanted)
        changes = {"amount": (None, made.amount), "paid_on": (None, made.paid_on), "method": (None, made.method)}
        remember(principal, made, "record", changes, PaymentReceived(**about(made)))
        tell_of(principal, made, "payment.received" if share else "payment.sent", _words(made))
    return made


def _follow(made: Payment, due_id: UUID | None) -> None:
    """Whose that is which it pays, his is the payment."""
    due = Due.objects.filter(pk=due_id, company=made.company_id, party=made.party_id).first() if due_id else None
    if due is not None:
        made.owner_id, made.unit_id = due.owner_id, due.unit_id


def store_once(made: Payment) -> bool:
    """Store a new row; False where one of its id is there already."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        if Payment.objects.filter(pk=made.pk).exists():
            return False
        raise
    return True


def _same(principal: Principal, found: Payment) -> Payment:
    if not PAYMENT_SEEN.allows(principal, found):
        raise Forbidden
    return found


def _still_owed(proposed: Shares) -> Shares:
    """A proposal against what is owed once the rows are locked: another payment may have come between."""
    dues = locked_dues(proposed)
    found = {key: min(amount, dues[key].left) for key, amount in proposed.items() if key in dues}
    return {key: amount for key, amount in found.items() if amount > 0}


def _made(principal: Principal, facts: PaymentFacts, key: UUID | None) -> Payment:
    amount = clean_sum(facts.amount, facts.currency)
    for name, value, known in (("method", facts.method, METHODS), ("direction", facts.direction, DIRECTIONS)):
        if value not in dict(known):
            names = ", ".join(dict(known))
            raise InvalidFields({name: _("Choose one of: %(names)s.") % {"names": names}})
    if facts.paid_on > clock.today() + timedelta(days=1):
        raise InvalidFields({"paid_on": _("This day has not come yet: a payment is written down when it is there.")})
    tie = tie_with(facts.party, facts.company.pk, whose=principal.user_id) if facts.party else None
    return Payment(
        id=key or uuid7(),
        company=facts.company,
        party=facts.party,
        owner_id=tie.owner_id if tie else None,
        created_by_id=principal.user_id,
        unit_id=tie.unit_id if tie else None,
        direction=facts.direction,
        method=facts.method,
        amount=amount,
        currency=facts.currency,
        paid_on=facts.paid_on,
        reference=clean_line(facts.reference, max_length=200),
        note=clean_line(facts.note, max_length=500),
        source=facts.source,
        created_at=clock.now(),
    )


def _words(payment: Payment) -> str:
    documents = list(Due.objects.filter(shares__payment=payment).order_by("due_on").values_list("document", flat=True))
    return ", ".join([money_words(payment.amount, payment.currency), *documents[:5]])


def take_back_payment(principal: Principal, payment: Payment) -> Payment:
    """It was written down by mistake: what it paid is owed again. Twice changes nothing.

    One that a provider passed on is given back by a refund instead. Raises `Forbidden`, `DomainError`.
    """
    _require_edit(principal, payment)
    with transaction.atomic():
        locked = locked_payment(payment)
        if locked.taken_back_at is not None:
            return locked
        if locked.source == "provider" or locked.refunded:
            sentence = _("This money did move: give it back with a refund instead of taking it back.")
            raise DomainError(sentence, code="payment-moved")
        kept = [{"due": str(one.due_id), "amount": str(one.amount)} for one in locked.shares.all()]
        share_locked(principal, locked, {})
        locked.taken_back_at, locked.given_back_shares = clock.now(), kept
        BankLine.objects.filter(payment=locked).update(state="unknown", payment=None)
        keep(locked)
        untell("payment", locked.pk)
        remember(principal, locked, "take-back", {"taken_back": (False, True)}, PaymentTakenBack(**about(locked)))
    return locked


def restore_payment(principal: Principal, payment: Payment) -> Payment:
    """It was right after all (undo): it pays again what it paid, as far as that is still owed. Raises `Forbidden`."""
    _require_edit(principal, payment)
    with transaction.atomic():
        locked = locked_payment(payment)
        if locked.taken_back_at is None:
            return locked
        if locked.source == "bank":
            sentence = _("This came from a file of the bank: match its line again there.")
            raise DomainError(sentence, code="payment-of-bank")
        before = {UUID(one["due"]): Decimal(one["amount"]) for one in locked.given_back_shares}
        locked.taken_back_at, locked.given_back_shares = None, []
        keep(locked)
        share_locked(principal, locked, _still_owed(before))
        remember(principal, locked, "restore", {"taken_back": (True, False)}, PaymentReceived(**about(locked)))
        tell_of(principal, locked, "payment.received", _words(locked))
    return locked


def _require_edit(principal: Principal, payment: Payment) -> None:
    """One's own slip is one's own to take back, on the day; else it needs the right to edit."""
    own_slip = (
        payment.created_by_id == principal.user_id
        and principal.user_id is not None
        and principal.may("payment", "create")
        and clock.now() - payment.created_at < timedelta(days=1)
    )
    if own_slip:
        return
    principal.require("payment", "edit")
    if not PAYMENT_EDITED.allows(principal, payment):
        raise Forbidden
