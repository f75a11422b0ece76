"""What other topics make invoices of, without knowing more of them than this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services.drafting import draft_invoice
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.parties.models import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Billable:
    """Something that is to be paid: an order, a shipment, several. kind and id say what it is (`order`, its id; several
    have none). deliveries: number and day of the delivery notes with which it left. owner_id, unit_id: whose it is, and
    so its invoice.
    """

    kind: str
    id: UUID | None
    party: Party
    company: SellingCompany
    lines: Sequence[LineFacts]
    number: str = ""
    day: date | None = None
    gross: bool = False
    currency: str = "EUR"
    type: str = "TD01"
    terms: str | None = None
    cause: str = ""
    deliveries: Sequence[tuple[str, date]] = ()
    owner_id: UUID | None = None
    unit_id: UUID | None = None


def draft_from(principal: Principal, source: Billable) -> Invoice:
    """A draft of what was sold; its parts may be billed one after the other, so that it is not unique."""
    more: dict[str, Any] = {} if source.terms is None else {"terms": source.terms}
    return draft_invoice(
        principal,
        party=source.party,
        company=source.company,
        lines=source.lines,
        source=(source.kind, source.id),
        owner_id=source.owner_id,
        unit_id=source.unit_id,
        gross=source.gross,
        currency=source.currency,
        type=source.type,
        cause=source.cause,
        order_number=source.number[:20],
        order_date=source.day,
        deliveries=source.deliveries,
        **more,
    )
