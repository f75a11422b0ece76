"""An order becomes an invoice: as a whole, or shipment by shipment, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.foundation.money import ZERO, cents
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.orders import BILLED_CAUSE, article_of, billed_by, bills_of, is_given_back
from filo.operational.invoices.services.billing import Billable, draft_from
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.queries.paper import unit_words
from filo.operational.orders.services.changing import locked_order


@dataclass(frozen=True)
class Part:
    """So many of a line of an order, after `before` of it were billed."""

    line: OrderLine
    quantity: Decimal
    before: Decimal = ZERO

    def off(self, currency: str) -> Decimal:
        """What of the line's coupon falls to it: up to it less what fell to those before, so that all come to it."""
        whole, ends = self.line.quantity, (self.before, min(self.before + self.quantity, self.line.quantity))
        start, end = (cents(self.line.off * end / whole, currency) for end in ends)
        return end - start


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
        lines = locked.lines.order_by("position", "id")
        parts = [Part(line, line.quantity - line.returned) for line in lines]
        return draft_from(principal, _billable("order", order.pk, locked, parts))


def bill_shipment(principal: Principal, shipment: Shipment) -> Invoice:
    """A draft with what left (a deferred invoice, which names the delivery note: DPR 633/72, article 21, paragraph 4,
    letter a) and has not come back; where it was billed, the invoice that there is. Raises `Forbidden`, `DomainError`.
    """
    with transaction.atomic():
        locked, standing = _standing(shipment.order)
        if mine := [one for one in standing if one.source_kind == "order" or one.source_id == shipment.pk]:
            return mine[0]
        if shipment.cause != BILLED_CAUSE:
            raise DomainError(_("Only goods that left because they were sold are billed."), code="not-sold")
        billable = _billable("shipment", shipment.pk, locked, _parts_of(shipment, locked, standing))
        day = localtime(shipment.shipped_at).date()
        cause = _("Delivery note %(name)s of %(day)s") % {"name": shipment.name, "day": f"{day:%d/%m/%Y}"}
        note: dict[str, Any] = {"type": "TD24", "cause": cause, "delivery_number": shipment.name, "delivery_day": day}
        return draft_from(principal, replace(billable, **note))


def _standing(order: Order) -> tuple[Order, list[Invoice]]:
    """The order, locked, and its invoices that were not given back."""
    locked = locked_order(order)
    if locked.state in ("draft", "cancelled"):
        raise DomainError(_("Only a confirmed order can be billed."), code="order-not-confirmed")
    return locked, [one for one in bills_of(locked) if not is_given_back(one)]


def _parts_of(shipment: Shipment, order: Order, standing: Sequence[Invoice]) -> list[Part]:
    """What left and is with the customer still, as far as it was not billed with another shipment."""
    billed = billed_by(standing)
    kept: dict[str, Decimal] = defaultdict(Decimal)
    ordered: dict[str, Decimal] = defaultdict(Decimal)
    for line in order.lines.all():
        kept[article_of(line)] += line.with_customer
        ordered[article_of(line)] += line.quantity
    left = {article: kept[article] - billed.get(article, ZERO) for article in kept}
    found = []
    for going in shipment.lines.select_related("line"):
        line, article = going.line, article_of(going.line)
        quantity = max(ZERO, min(going.quantity, line.with_customer, left[article]))
        left[article] -= quantity
        others = ordered[article] - line.quantity
        found.append(Part(line, quantity, max(ZERO, min(line.quantity, billed.get(article, ZERO) - others))))
    return found


def _billable(kind: str, source: UUID, order: Order, parts: Iterable[Part]) -> Billable:
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
        day=localtime(order.confirmed_at).date() if order.confirmed_at else None,
        gross=order.gross,
        currency=order.currency,
        owner_id=order.owner_id,
        unit_id=order.unit_id,
    )


def _unit(line: OrderLine, language: str) -> str:
    """As the delivery note says it, in the language of the papers."""
    with translation.override(language):
        return unit_words(line.unit) if line.unit else ""


def _facts(parts: Iterable[Part], order: Order) -> Sequence[LineFacts]:
    return [
        LineFacts(
            description=part.line.description,
            quantity=part.quantity,
            unit_price=part.line.unit_price,
            vat_rate=part.line.vat_rate,
            nature=part.line.nature,
            discounts=part.line.discounts,
            unit=_unit(part.line, order.language),
            code=part.line.code,
            off=part.off(order.currency),
            variant_id=part.line.variant_id,
            cost=part.line.cost,
            reasons=part.line.reasons,
        )
        for part in parts
        if part.quantity > 0
    ]
