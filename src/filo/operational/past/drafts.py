"""A past order and its lines, clean, before they are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PastLineDraft:
    """quantity: not zero, negative for what came back. discount, vat_rate: percent. amount: to the cent, signed."""

    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    code: str = ""
    description: str = ""
    unit: str = ""
    discount: Decimal = Decimal(0)
    vat_rate: Decimal | None = None
    variant_id: UUID | None = None


@dataclass(slots=True)
class PastOrderDraft:
    """is_cancelled: the program says so; what came back it does not say, that is seen from the quantities."""

    number: str
    day: date
    party_id: UUID
    lines: list[PastLineDraft] = field(default_factory=list)
    is_cancelled: bool = False
    currency: str = "EUR"
    country: str = ""

    @property
    def key(self) -> tuple[str, int, UUID]:
        """What it is known by, within the company that sold."""
        return (self.number, self.day.year, self.party_id)
