"""What left in a month for one customer becomes one deferred invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import Operation, one_operation
from filo.foundation.errors import DomainError
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.deliveries import grouped
from filo.operational.invoices.queries.orders import TOGETHER, billed_by, is_billed
from filo.operational.invoices.services.billing import Billable, draft_from
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.invoices.services.orders import day_of, lines_of, order_facts, standing_of
from filo.operational.orders.models import Order, Shipment


def bill_deliveries(principal: Principal, shipments: Iterable[Shipment]) -> tuple[list[Invoice], Operation]:
    """A draft for each customer and month (as `bill_shipments`), and the operation that takes them all back.

    One that cannot be billed stops all: none is made. Raises `Forbidden`, `DomainError`.
    """
    with transaction.atomic(), one_operation() as operation:
        made = [bill_shipments(principal, group) for group in grouped(shipments)]
    if not made:
        raise DomainError(_("Choose what is to be billed."), code="nothing-chosen")
    return made, operation


def bill_shipments(principal: Principal, shipments: Sequence[Shipment]) -> Invoice:
    """A draft with all that left with these and has not come back: a deferred invoice that names each delivery note.

    It may hold what left in one calendar month between the same parties (DPR 633/72, article 21, paragraph 4, letter
    a). Raises `Forbidden`, and `DomainError` where they do not belong together or one was billed already.
    """
    if len(grouped(shipments)) != 1:
        sentence = _("One invoice bills what one company sent to one customer in one month, in one currency.")
        raise DomainError(sentence, code="not-together")
    chosen = sorted(shipments, key=lambda one: (one.shipped_at, one.pk))
    with transaction.atomic():
        orders = {key: standing_of(order) for key, order in sorted({one.order_id: one.order for one in chosen}.items())}
        billed = {key: billed_by(standing, order) for key, (order, standing) in orders.items()}
        lines: list[LineFacts] = []
        for shipment in chosen:
            order, standing = orders[shipment.order_id]
            if mine := is_billed(shipment, standing):
                told = {"name": shipment.name, "invoice": mine.number or _("a draft")}
                raise DomainError(_("%(name)s is billed already, with %(invoice)s.") % told, code="billed")
            lines += lines_of(shipment, order, billed[shipment.order_id])
        return draft_from(principal, _billable(chosen, [order for order, _standing in orders.values()], lines))


def _billable(shipments: Sequence[Shipment], orders: Sequence[Order], lines: Sequence[LineFacts]) -> Billable:
    if not lines:
        raise DomainError(_("Nothing of it is left to be billed."), code="nothing-to-bill")
    first, with_lines = orders[0], {line.shipment_id for line in lines}
    return Billable(
        kind=TOGETHER,
        id=None,
        type="TD24",
        party=first.bill_party or first.party,
        company=first.company,
        lines=lines,
        gross=first.gross,
        currency=first.currency,
        deliveries=[(one.name, day_of(one)) for one in shipments if one.pk in with_lines],
        owner_id=_shared({order.owner_id for order in orders}),
        unit_id=_shared({order.unit_id for order in orders}),
        **(order_facts(first) if len(orders) == 1 else {"cause": _orders_of_his(orders)}),
    )


def _orders_of_his(orders: Sequence[Order]) -> str:
    """The file names one order of the buyer's (2.1.2): where there are several, they stand in the cause."""
    names = [order.reference.strip() for order in orders if order.reference.strip()]
    return _("Order of yours: %(name)s") % {"name": ", ".join(names)} if names else ""


def _shared(values: set[UUID | None]) -> UUID | None:
    """What all of them have; where they differ, whoever looks after the customer has the invoice."""
    return values.pop() if len(values) == 1 else None
