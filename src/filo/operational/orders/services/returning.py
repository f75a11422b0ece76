"""Goods come back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import clean_line
from filo.operational.catalogue.services import stock
from filo.operational.orders.events import OrderReturned
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import lines_of, source_of, stocked_among
from filo.operational.orders.services.changing import (
    go,
    keep,
    locked_order,
    refuse_stale,
    require_order,
    standing_words,
    step,
    tell_of,
)


def return_goods(
    principal: Principal,
    order: Order,
    *,
    quantities: Mapping[UUID, Decimal] | None = None,
    reason: str = "",
    restock: bool = True,
    version: int | None = None,
) -> Order:
    """Goods are back: all that the customer has, or so many of some lines; into the stock again if `restock`.

    With a `version`, a form that was sent twice returns nothing twice. Raises `Forbidden`, `InvalidFields`,
    `DomainError`.
    """
    require_order(principal, order, action="ship")
    with transaction.atomic():
        locked = locked_order(order)
        refuse_stale(locked, version, {})
        if not locked.has_left or locked.state == "returned":
            raise DomainError(standing_words(locked) if locked.has_left else _("Nothing of this order has left yet."))
        lines = lines_of(locked)
        back = _coming_back(lines, quantities)
        stocked = stocked_among(lines) if restock else set()
        wishes = [
            (line.variant_id, line.place_id, n) for line, n in back if line.variant_id and line.variant_id in stocked
        ]
        if wishes:
            stock.take_back(principal, wishes, source_of(locked))
        told = _write(back)
        whole = all(line.returned == line.quantity for line in lines)
        before, note = locked.state, clean_line(reason, max_length=300)
        if whole:
            go(principal, locked, "returned", note=note, data={"lines": told})
        else:
            step(principal, locked, before, before, note=note, data={"lines": told, "returned": True})
        changes: dict[str, tuple[Any, Any]] = {"state": (before, locked.state), "returned": (None, told)}
        event = OrderReturned(order=locked.id, party=locked.party_id, whole=whole)
        keep(principal, locked, "return", changes, event)
        tell_of(principal, locked, "order.returned", direction="in", excerpt=note, data={"whole": whole})
    return locked


def _coming_back(lines: list[OrderLine], quantities: Mapping[UUID, Decimal] | None) -> list[tuple[OrderLine, Decimal]]:
    if quantities is None:
        found = [(line, line.with_customer) for line in lines if line.with_customer]
    else:
        known = {line.pk for line in lines}
        if unknown := [key for key in quantities if key not in known]:
            raise InvalidFields({"lines": _("This order has no line %(id)s.") % {"id": unknown[0]}})
        found = [(line, quantities[line.pk]) for line in lines if quantities.get(line.pk)]
    problems = {
        f"lines.{line.pk}": _("%(what)s: the customer has %(number)s, no more can come back.")
        % {"what": line.code or line.description[:60], "number": f"{line.with_customer.normalize():f}"}
        for line, quantity in found
        if not quantity.is_finite()
        or not 0 < quantity <= line.with_customer
        or quantity != quantity.quantize(Decimal("0.001"))
    }
    if problems:
        raise InvalidFields(dict(problems))
    if not found:
        raise InvalidFields({"lines": _("Say what came back: nothing was chosen.")})
    return found


def _write(back: list[tuple[OrderLine, Decimal]]) -> list[list[str]]:
    for line, quantity in back:
        line.returned += quantity
    OrderLine.objects.bulk_update([line for line, _n in back], ["returned"])
    return [[line.code or line.description[:60], f"{quantity.normalize():f}"] for line, quantity in back]
