"""An order becomes an invoice: as a whole, or shipment by shipment, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.foundation.money import cents
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.orders import bills_of, is_given_back
from filo.operational.invoices.services.billing import Billable, draft_from
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.queries.paper import unit_words
from filo.operational.orders.services.changing import locked_order


def bill_order(principal: Principal, order: Order) -> Invoice:
    """A draft with all that was ordered; where that was billed, the invoice that there is.

    Raises `Forbidden`, and `DomainError` for a draft, a cancelled order, and one of which shipments were billed.
    """
    with transaction.atomic():
        locked, standing = _standing(order)
        if whole := [one for one in standing if one.source_kind == "order"]:
            return whole[0]
        if standing:
            sentence = _("Shipments of this order were billed one by one: bill the others so, too.")
            raise DomainError(sentence, code="billed-by-shipment")
        parts = [(line, line.quantity - line.returned) for line in locked.lines.order_by("position", "id")]
        return draft_from(principal, _billable("order", order.pk, locked, parts))


def bill_shipment(principal: Principal, shipment: Shipment) -> Invoice:
    """A draft with what left (a deferred invoice, which names the delivery note: DPR 633/72, article 21, paragraph 4,
    letter a); where it was billed, the invoice that there is. Raises `Forbidden`, `DomainError`.
    """
    with transaction.atomic():
        locked, standing = _standing(shipment.order)
        if mine := [one for one in standing if one.source_kind == "order" or one.source_id == shipment.pk]:
            return mine[0]
        parts = [(part.line, part.quantity) for part in shipment.lines.select_related("line")]
        cause = _("Delivery note %(name)s of %(day)s") % {
            "name": shipment.name,
            "day": f"{shipment.shipped_at:%d/%m/%Y}",
        }
        return draft_from(principal, _billable("shipment", shipment.pk, locked, parts, type="TD24", cause=cause))


def _standing(order: Order) -> tuple[Order, list[Invoice]]:
    """The order, locked, and its invoices that were not given back."""
    locked = locked_order(order)
    if locked.state in ("draft", "cancelled"):
        raise DomainError(_("Only a confirmed order can be billed."), code="order-not-confirmed")
    return locked, [one for one in bills_of(locked) if not is_given_back(one)]


def _billable(
    kind: str,
    source: UUID,
    order: Order,
    parts: Iterable[tuple[OrderLine, Decimal]],
    *,
    type: str = "TD01",
    cause: str = "",
) -> Billable:
    lines = _facts(parts, order)
    if not lines:
        raise DomainError(_("Nothing of it is left to be billed."), code="nothing-to-bill")
    return Billable(
        kind=kind,
        id=source,
        party=order.bill_party or order.party,
        company=order.company,
        lines=lines,
        number=order.name,
        day=order.confirmed_at.date() if order.confirmed_at else None,
        gross=order.gross,
        currency=order.currency,
        type=type,
        cause=cause,
    )


def _unit(line: OrderLine, language: str) -> str:
    """As the delivery note says it, in the language of the papers."""
    with translation.override(language):
        return unit_words(line.unit) if line.unit else ""


def _facts(parts: Iterable[tuple[OrderLine, Decimal]], order: Order) -> Sequence[LineFacts]:
    return [
        LineFacts(
            description=line.description,
            quantity=quantity,
            unit_price=line.unit_price,
            vat_rate=line.vat_rate,
            nature=line.nature,
            discounts=line.discounts,
            unit=_unit(line, order.language),
            code=line.code,
            off=cents(line.off * quantity / line.quantity, order.currency),
            variant_id=line.variant_id,
            cost=line.cost,
            reasons=line.reasons,
        )
        for line, quantity in parts
        if quantity > 0
    ]
