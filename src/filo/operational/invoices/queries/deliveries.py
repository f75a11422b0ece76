"""Deliveries that wait to be billed, by customer and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO, cents
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.invoices.models.invoice import deferred_by
from filo.operational.invoices.queries.orders import BILLED_CAUSE, GIVEN_BACK
from filo.operational.orders.models import Shipment, ShipmentLine

# So many are shown at once, the oldest first.
MOST = 500

_PRIVATE = Q(order__bill_party=None, order__party__kind="person", order__party__vat_number="") | Q(
    order__bill_party__kind="person", order__bill_party__vat_number=""
)


class Together(NamedTuple):
    """What deliveries of one deferred invoice have in common; month is its first day."""

    month: date
    party: UUID
    company: UUID
    currency: str
    gross: bool

    @property
    def name(self) -> str:
        """In a form."""
        return f"{self.month}:{self.party}:{self.company}:{self.currency}:{int(self.gross)}"


@dataclass(frozen=True)
class Waiting:
    """What one invoice would bill: each delivery and what its lines come to, as they stand on the order (VAT is within
    where the order's prices hold it). by: the last day for that invoice.
    """

    common: Together
    company: SellingCompany
    deliveries: Sequence[tuple[Shipment, Decimal]]

    @property
    def amount(self) -> Decimal:
        """Of all of them."""
        return sum((amount for _shipment, amount in self.deliveries), ZERO)

    @property
    def by(self) -> date:
        """The last day for its invoice."""
        return deferred_by(self.common.month)

    @property
    def is_late(self) -> bool:
        """Whether that day is past."""
        return self.by < clock.today()


def deliveries_waiting(
    principal: Principal, *, party: UUID | None = None, private: bool | None = None
) -> QuerySet[Shipment]:
    """Sold goods that left, are with the customer still, and that no invoice asks for; the oldest first.

    party: only those that he pays for. private: only those of persons without a VAT number, who mostly got a receipt
    and are billed where they ask for it (DPR 633/72, article 22); False: only the others.
    """
    standing = Invoice.objects.filter(direction="issued", credits=None).exclude(GIVEN_BACK)
    billed = (
        Exists(standing.filter(source_kind="order", source_id=OuterRef("order_id")))
        | Exists(standing.filter(source_kind="shipment", source_id=OuterRef("pk")))
        | Exists(InvoiceLine.objects.filter(shipment=OuterRef("pk"), invoice__in=standing))
    )
    kept = ShipmentLine.objects.filter(shipment=OuterRef("pk"), line__shipped__gt=F("line__returned"))
    found = Shipment.objects.visible_to(principal).filter(Exists(kept), ~billed, cause=BILLED_CAUSE)
    found = found.exclude(order__state__in=("draft", "cancelled"))
    if party is not None:
        found = found.filter(Q(order__bill_party=party) | Q(order__bill_party=None, order__party=party))
    if private is not None:
        found = found.filter(_PRIVATE) if private else found.exclude(_PRIVATE)
    return found.select_related("order__party", "order__bill_party", "order__company").order_by("shipped_at", "id")


def together(shipment: Shipment) -> Together:
    """What must be the same for two deliveries to be billed with one invoice."""
    order, day = shipment.order, localtime(shipment.shipped_at).date()
    payer = order.bill_party_id or order.party_id
    return Together(day.replace(day=1), payer, order.company_id, order.currency, order.gross)


def grouped(shipments: Iterable[Shipment]) -> list[list[Shipment]]:
    """Those of one invoice each, the oldest month first, in the order in which they come."""
    found: dict[Together, list[Shipment]] = defaultdict(list)
    for shipment in shipments:
        found[together(shipment)].append(shipment)
    return [found[key] for key in sorted(found, key=lambda key: key.month)]


def waiting(principal: Principal, *, party: UUID | None = None, private: bool | None = None) -> list[Waiting]:
    """For the page: the first `MOST` of them, by invoice."""
    rows = list(deliveries_waiting(principal, party=party, private=private).prefetch_related("lines__line")[:MOST])
    return [
        Waiting(together(group[0]), group[0].order.company, [(one, amount_of(one)) for one in group])
        for group in grouped(rows)
    ]


def amount_of(shipment: Shipment) -> Decimal:
    """What its lines come to: the part of each that left with it and has not come back."""
    parts = ((going.line, min(going.quantity, going.line.with_customer)) for going in shipment.lines.all())
    return sum((cents(line.amount * part / line.quantity, shipment.order.currency) for line, part in parts), ZERO)
