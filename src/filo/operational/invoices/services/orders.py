"""An order becomes an invoice: as a whole, or shipment by shipment, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.foundation.money import ZERO, cents
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.orders import (
    BILLED_CAUSE,
    article_of,
    billed_by,
    bills_of,
    is_billed,
    is_given_back,
)
from filo.operational.invoices.services.billing import Billable, draft_from
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.queries.paper import unit_words
from filo.operational.orders.services.changing import locked_order
from filo.operational.orders.states import TO_SHIP

# What IdDocumento holds (2.1.2.2).
MOST_REFERENCE = 20


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
        locked, standing = standing_of(order)
        if whole := [one for one in standing if one.source_kind == "order"]:
            return whole[0]
        if standing:
            sentence = _("Shipments of this order were billed one by one: bill the others so, too.")
            raise DomainError(sentence, code="billed-by-shipment")
        lines = locked.lines.order_by("position", "id")
        parts = [Part(line, line.quantity - line.returned) for line in lines]
        return draft_from(principal, _with_notes(_billable("order", order.pk, locked, _facts(parts, locked)), locked))


def bill_shipment(principal: Principal, shipment: Shipment) -> Invoice:
    """A draft with what left (a deferred invoice, which names the delivery note: DPR 633/72, article 21, paragraph 4,
    letter a) and has not come back; where it was billed, the invoice that there is. Raises `Forbidden`, `DomainError`.
    """
    with transaction.atomic():
        locked, standing = standing_of(shipment.order)
        if mine := is_billed(shipment, standing):
            return mine
        lines = lines_of(shipment, locked, billed_by(standing, locked))
        billable = _billable("shipment", shipment.pk, locked, lines)
        day = day_of(shipment)
        cause = _("Delivery note %(name)s of %(day)s") % {"name": shipment.name, "day": f"{day:%d/%m/%Y}"}
        told = "\n".join(filter(None, (billable.cause, cause)))
        return draft_from(principal, replace(billable, type="TD24", cause=told, deliveries=[(shipment.name, day)]))


def _with_notes(billable: Billable, order: Order) -> Billable:
    """With the delivery notes of what left; where all left, and some of it before today, its invoice is a deferred one
    (DPR 633/72, article 21, paragraph 4, letter a).
    """
    notes = [(one.name, day_of(one)) for one in order.shipments.filter(cause=BILLED_CAUSE)]
    is_deferred = order.state not in TO_SHIP and any(day < clock.today() for _name, day in notes)
    return replace(billable, deliveries=notes, type="TD24" if is_deferred else billable.type)


def day_of(shipment: Shipment) -> date:
    """The day on which it left, as it was here."""
    return localtime(shipment.shipped_at).date()


def standing_of(order: Order) -> tuple[Order, list[Invoice]]:
    """The order, locked, and its invoices that were not given back. Raises `DomainError` where none can be."""
    locked = locked_order(order)
    if locked.state in ("draft", "cancelled"):
        raise DomainError(_("Only a confirmed order can be billed."), code="order-not-confirmed")
    return locked, [one for one in bills_of(locked) if not is_given_back(one)]


def lines_of(shipment: Shipment, order: Order, billed: dict[str, Decimal]) -> Sequence[LineFacts]:
    """What a shipment is asked for; `billed` (how many of each article were billed with others) takes them up.

    Raises `DomainError` for samples and loans.
    """
    if shipment.cause != BILLED_CAUSE:
        raise DomainError(_("Only goods that left because they were sold are billed."), code="not-sold")
    parts = _parts_of(shipment, order, billed)
    for part in parts:
        article = article_of(part.line)
        billed[article] = billed.get(article, ZERO) + part.quantity
    return _facts(parts, order, shipment.pk)


def _parts_of(shipment: Shipment, order: Order, billed: Mapping[str, Decimal]) -> list[Part]:
    """What left and is with the customer still, as far as it was not billed with another shipment."""
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


def _billable(kind: str, source: UUID, order: Order, lines: Sequence[LineFacts]) -> Billable:
    if not lines:
        raise DomainError(_("Nothing of it is left to be billed."), code="nothing-to-bill")
    return Billable(
        kind=kind,
        id=source,
        party=order.bill_party or order.party,
        company=order.company,
        lines=lines,
        gross=order.gross,
        currency=order.currency,
        owner_id=order.owner_id,
        unit_id=order.unit_id,
        **order_facts(order),
    )


def order_facts(order: Order) -> dict[str, Any]:
    """How an invoice names it: 2.1.2 DatiOrdineAcquisto is the buyer's own order, whose day we do not know; ours where
    he has none.
    """
    buyers = order.reference.strip()
    if len(buyers) > MOST_REFERENCE:
        return _ours(order) | {"cause": _("Order of yours: %(name)s") % {"name": buyers}}
    return {"number": buyers} if buyers else _ours(order)


def _ours(order: Order) -> dict[str, Any]:
    return {"number": order.name, "day": localtime(order.confirmed_at).date() if order.confirmed_at else None}


def _unit(line: OrderLine, language: str) -> str:
    """As the delivery note says it, in the language of the papers."""
    with translation.override(language):
        return unit_words(line.unit) if line.unit else ""


def _facts(parts: Iterable[Part], order: Order, shipment: UUID | None = None) -> Sequence[LineFacts]:
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
            shipment_id=shipment,
        )
        for part in parts
        if part.quantity > 0
    ]
