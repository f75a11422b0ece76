"""What happens to invoices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutInvoice(DomainEvent):
    invoice: UUID
    party: UUID | None

    @property
    def subject(self) -> UUID:
        return self.invoice


@dataclass(frozen=True, kw_only=True)
class InvoiceIssued(_AboutInvoice):
    """An invoice or a credit note has its number and can no longer be changed."""

    type: ClassVar[str] = "invoice.issued"
    number: str


@dataclass(frozen=True, kw_only=True)
class InvoiceSent(_AboutInvoice):
    """Its file was handed to the exchange: `way` is folder, pec or hand."""

    type: ClassVar[str] = "invoice.sent"
    way: str


@dataclass(frozen=True, kw_only=True)
class InvoiceNotSent(_AboutInvoice):
    """Its file did not leave by folder or mail, or perhaps not; `file` says why."""

    type: ClassVar[str] = "invoice.not-sent"
    file: UUID


@dataclass(frozen=True, kw_only=True)
class InvoiceStateChanged(_AboutInvoice):
    """The exchange said something: `state` is delivered, undelivered, rejected, accepted, refused or lapsed."""

    type: ClassVar[str] = "invoice.state-changed"
    state: str


@dataclass(frozen=True, kw_only=True)
class InvoiceTakenIn(_AboutInvoice):
    """An invoice of a supplier, or one of ours from another program, was read in: `direction` is received or issued."""

    type: ClassVar[str] = "invoice.taken-in"
    direction: str
