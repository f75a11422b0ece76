"""What happens to payments and to what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutPayment(DomainEvent):
    payment: UUID
    party: UUID | None
    amount: str
    currency: str

    @property
    def subject(self) -> UUID:
        return self.payment


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(_AboutPayment):
    """Money came in (or, outwards, left)."""

    type: ClassVar[str] = "payment.received"


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(_AboutPayment):
    """A payment that was begun did not come in."""

    type: ClassVar[str] = "payment.failed"


@dataclass(frozen=True, kw_only=True)
class PaymentRefunded(_AboutPayment):
    """Some of a payment was given back; `amount` is how much."""

    type: ClassVar[str] = "payment.refunded"


@dataclass(frozen=True, kw_only=True)
class PaymentShared(_AboutPayment):
    """It is said anew what a payment pays."""

    type: ClassVar[str] = "payment.shared"


@dataclass(frozen=True, kw_only=True)
class PaymentTakenBack(_AboutPayment):
    """A payment was written down by mistake."""

    type: ClassVar[str] = "payment.taken-back"


@dataclass(frozen=True, kw_only=True)
class _AboutDue(DomainEvent):
    due: UUID
    party: UUID
    kind: str
    source: UUID

    @property
    def subject(self) -> UUID:
        return self.due


@dataclass(frozen=True, kw_only=True)
class DueOpened(_AboutDue):
    """Something is owed to us by a day."""

    type: ClassVar[str] = "due.opened"


@dataclass(frozen=True, kw_only=True)
class DueChanged(_AboutDue):
    """What is paid or credited of it changed; `left` is what is owed still."""

    type: ClassVar[str] = "due.changed"
    left: str


@dataclass(frozen=True, kw_only=True)
class DueSettled(_AboutDue):
    """Nothing is owed of it any more."""

    type: ClassVar[str] = "due.settled"


@dataclass(frozen=True, kw_only=True)
class DueReopened(_AboutDue):
    """What was settled is owed again."""

    type: ClassVar[str] = "due.reopened"


@dataclass(frozen=True, kw_only=True)
class DueOverdue(_AboutDue):
    """Its day went by and it is not paid."""

    type: ClassVar[str] = "due.overdue"


@dataclass(frozen=True, kw_only=True)
class DueDisputed(_AboutDue):
    """The customer says that he does not owe it."""

    type: ClassVar[str] = "due.disputed"


@dataclass(frozen=True, kw_only=True)
class DueReminded(_AboutDue):
    """The customer was reminded of it."""

    type: ClassVar[str] = "due.reminded"
    step: int
