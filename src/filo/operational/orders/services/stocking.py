"""What the stock promises to an order: the one place where orders and stock meet.

Rows are always locked in the same order: the order, then all stock rows it is about at once, then the counter of
numbers. What an order waits for is never reckoned by hand: it is what its lines want less what is promised to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO
from filo.operational.catalogue.services import stock
from filo.operational.catalogue.services.locking import Line, LockedStock
from filo.operational.catalogue.services.stock import Lack, OutOfStock
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import source_of, stocked_among

Wish = tuple[UUID, UUID | None, Decimal]
TRIES = 5


def promise(principal: Principal, order: Order, lines: Sequence[OrderLine], *, wait: bool) -> None:
    """Have the stock promise what is left to ship and not promised yet; of what is short, as much as there is if the
    order may `wait`. Raises `OutOfStock` otherwise, with nothing promised.
    """
    wishes = _unpromised(order, lines)
    if not wait:
        if wishes:
            stock.reserve(principal, wishes, source_of(order))
        settle(order, lines)
        return
    for _again in range(TRIES):  # whoever takes some in between makes it one try more
        if not wishes:
            break
        try:
            with transaction.atomic():
                stock.reserve(principal, wishes, source_of(order))
            break
        except OutOfStock as short:
            wishes = _as_far_as(wishes, short.lacks)
    settle(order, lines)


def change_promise(principal: Principal, order: Order, before: Sequence[OrderLine], lines: Sequence[OrderLine]) -> None:
    """Promise what the new lines want in place of what the old ones wanted. Raises `OutOfStock`."""
    stocked = stocked_among([*before, *lines])
    both = [Line(one.variant_id, None, one.quantity) for one in (*before, *lines) if one.variant_id in stocked]
    if both:
        LockedStock(both)  # all rows at once and in order, so that giving back and asking again cannot wait in a circle
    stock.release(principal, source_of(order))
    promise(principal, order, lines, wait=order.waits)


def settle(order: Order, lines: Sequence[OrderLine]) -> None:
    """Keep on each line how much of it is waited for; promises go to the lines in their order."""
    stocked = stocked_among(lines)
    promised: dict[UUID, Decimal] = defaultdict(Decimal)
    for one in stock.promised_to(source_of(order)):
        promised[one.variant_id] += one.quantity
    changed = []
    for line in lines:
        waiting = ZERO
        if line.variant_id in stocked:
            got = min(line.left, promised[line.variant_id])
            promised[line.variant_id] -= got
            waiting = line.left - got
        if line.waiting != waiting:
            line.waiting = waiting
            changed.append(line)
    if changed:
        OrderLine.objects.bulk_update(changed, ["waiting"])


def _unpromised(order: Order, lines: Sequence[OrderLine]) -> list[Wish]:
    stocked = stocked_among(lines)
    promised: dict[UUID, Decimal] = defaultdict(Decimal)
    for one in stock.promised_to(source_of(order)):
        promised[one.variant_id] += one.quantity
    wishes = []
    for line in lines:
        if line.variant_id is None or line.variant_id not in stocked:
            continue
        got = min(line.left, promised[line.variant_id])
        promised[line.variant_id] -= got
        if line.left > got:
            wishes.append((line.variant_id, line.place_id, line.left - got))
    return wishes


def _as_far_as(wishes: Sequence[Wish], lacks: Sequence[Lack]) -> list[Wish]:
    """The wishes with what is short left out; the last lines go short first."""
    missing = {lack.variant_id: lack.wanted - lack.free for lack in lacks}
    found: list[Wish] = []
    for variant_id, place_id, quantity in reversed(wishes):
        less = min(quantity, missing.get(variant_id, ZERO))
        if less:
            missing[variant_id] -= less
        if quantity > less:
            found.append((variant_id, place_id, quantity - less))
    return found[::-1]
