"""From rows of orders to what is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.queries.finding import lines_of, seen_order
from filo.operational.parties.models import Party

MONEY = ("net", "vat", "total")
PLAIN = (
    *("id", "state", "source", "currency", "gross", "language", "coupons", "payment_terms", "reference", "notes"),
    *("internal_note", "waits", "promised_date", "created_at", "confirmed_at", "closed_reason", "version"),
)
Parties = Mapping[UUID | None, Party]


def one(principal: Principal, order_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered. Raises `NotFound`."""
    order = seen_order(principal, order_id)
    left = Shipment.objects.visible_to(principal).filter(order=order.pk).order_by("shipped_at", "id")
    return shown(principal, [order])[0] | {
        "lines": [line(row) for row in lines_of(order)],
        "shipments": [shipment(row) for row in left.select_related("carrier").prefetch_related("lines")],
    }


def shown(principal: Principal, orders: Sequence[Order]) -> list[dict[str, Any]]:
    """The orders; a customer is named only to whom sees him."""
    ids = {found for order in orders for found in (order.party_id, order.bill_party_id, order.ship_party_id) if found}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen: Parties = {party.pk: party for party in rows}
    return [shape(order, seen) for order in orders]


def shape(order: Order, seen: Parties) -> dict[str, Any]:
    """As it is answered."""
    money = {name: {"amount": f"{getattr(order, name):f}", "currency": order.currency} for name in MONEY}
    return (
        {name: getattr(order, name) for name in PLAIN}
        | money
        | {
            "number": order.name if order.number else "",
            "party": about(seen.get(order.party_id)),
            "bill_party": about(seen.get(order.bill_party_id)),
            "ship_party": about(seen.get(order.ship_party_id)),
            "bill_to": order.bill_to if (order.bill_party_id or order.party_id) in seen else [],
            "ship_to": order.ship_to if (order.ship_party_id or order.party_id) in seen else [],
            "mail_to": order.mail_to if order.party_id in seen else "",
            "company": order.company.code,
            "quote": order.quoted_from_id,
            "owner": person_shown(order.owner) if order.owner else None,
            "lines": None,
            "shipments": None,
        }
    )


def about(party: Party | None) -> dict[str, Any] | None:
    """A customer, as he is named."""
    return {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None


def line(row: OrderLine) -> dict[str, Any]:
    """A line, as it is answered."""
    plain = ("id", "description", "unit", "discounts", "nature")
    numbers = ("quantity", "unit_price", "vat_rate", "shipped", "returned", "waiting")
    told = {name: f"{getattr(row, name).normalize():f}" for name in numbers} | {"amount": f"{row.amount:f}"}
    return {name: getattr(row, name) for name in plain} | told | {"sku": row.code}


def shipment(row: Shipment) -> dict[str, Any]:
    """What left together, as it is answered."""
    plain = ("id", "tracking", "parcels", "cause", "note", "shipped_at", "expected", "delivered_at")
    return {name: getattr(row, name) for name in plain} | {
        "number": row.name,
        "carrier": row.carrier.name if row.carrier else "",
        "weight": f"{row.weight.normalize():f}" if row.weight else None,
        "tracking_url": row.link,
        "lines": [{"line": part.line_id, "quantity": f"{part.quantity.normalize():f}"} for part in row.lines.all()],
    }
