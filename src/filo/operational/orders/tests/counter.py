"""A counter for tests of orders: three articles in stock, and orders that are written in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Reservation, Stock
from filo.operational.catalogue.tests.shop import Shop, open_shop
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.services import confirm_order, draft_order, ship_order
from filo.testing.world import World

JACKET, COAT, LAMP, WORK = "GIACCA-M-BLU", "GIACCA-L-BLU", "LAMPADA", "POSA"


@dataclass
class Counter:
    """Ten jackets (M and L, 100.00 each) and ten lamps (250.00) in the centre; work is not kept in stock."""

    world: World
    shop: Shop

    def principal(self, name: str = "admin") -> Principal:
        return self.world.principal(name)

    def line(self, sku: str = JACKET, quantity: str = "1", **facts: Any) -> LineDraft:
        return LineDraft(variant_id=self.shop.variants[sku].pk, quantity=Decimal(quantity), **facts)

    def draft(self, *lines: LineDraft, by: str = "admin", party: str = "own", **facts: Any) -> Order:
        return draft_order(
            self.principal(by),
            party=self.world.parties[party],
            company=self.world.companies["moda"],
            lines=lines or [self.line(JACKET, "2"), self.line(LAMP, "1")],
            facts=facts,
        )

    def confirmed(self, *lines: LineDraft, **facts: Any) -> Order:
        return confirm_order(self.principal(), self.draft(*lines, **facts))

    def shipped(self, *lines: LineDraft, **facts: Any) -> Order:
        order = self.confirmed(*lines, **facts)
        self.ship(order)
        return self.again(order)

    def ship(self, order: Order, quantities: Mapping[str, str] | None = None) -> Shipment:
        """So many by SKU."""
        rows = {line.code: line.pk for line in self.lines(order)}
        wanted = None if quantities is None else {rows[sku]: Decimal(n) for sku, n in quantities.items()}
        return ship_order(self.principal(), order, quantities=wanted)

    def lines(self, order: Order) -> list[OrderLine]:
        return list(OrderLine.objects.filter(order=order).order_by("position"))

    def again(self, order: Order) -> Order:
        return Order.objects.for_list().get(pk=order.pk)

    def stock(self, sku: str) -> tuple[Decimal, Decimal]:
        """On hand, and promised."""
        found: tuple[Decimal, Decimal] = self.shop.stock(sku)
        return found


def counter_of(world: World) -> Counter:
    """The articles, ten of each in the centre."""
    shop = open_shop()
    for sku in (JACKET, COAT, LAMP):
        shop.put(sku, "centro", 10)
    return Counter(world, shop)


def faults() -> list[str]:
    """What does not hold together between orders and stock; nothing, whatever was killed where."""
    found = []
    for row in Stock.objects.all():
        rows = Reservation.objects.filter(variant=row.variant_id, place=row.place_id)
        promised = sum((one.quantity for one in rows), Decimal(0))
        if row.reserved != promised or row.on_hand < row.reserved or row.on_hand < 0:
            found.append(f"stock {row.variant_id}: {row.on_hand} there, {row.reserved} promised, {promised} reserved")
    open_ones = {order.pk: order for order in Order.objects.filter(state__in=("confirmed", "prepared", "part"))}
    for pk in set(Reservation.objects.values_list("source_id", flat=True)) - set(open_ones):
        found.append(f"promised to {pk}, which is not open")
    for order in open_ones.values():
        lines = list(OrderLine.objects.filter(order=order, variant__product__stocked=True))
        wanted = sum((line.left - line.waiting for line in lines), Decimal(0))
        rows = Reservation.objects.filter(source_id=order.pk)
        if wanted != sum((one.quantity for one in rows), Decimal(0)):
            found.append(f"order {order}: {wanted} wanted of the stock")
    for line in OrderLine.objects.all():
        shipped = sum(
            Shipment.objects.filter(lines__line=line).values_list("lines__quantity", flat=True), start=Decimal(0)
        )
        if line.shipped != shipped:
            found.append(f"line {line.code}: {line.shipped} shipped, {shipped} on delivery notes")
    return found
