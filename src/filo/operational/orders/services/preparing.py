"""The goods of an order are laid ready."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.operational.orders.events import OrderPrepared
from filo.operational.orders.models import Order
from filo.operational.orders.queries.finding import lines_of
from filo.operational.orders.services.changing import go, keep, locked_order, require_order


def prepare_order(principal: Principal, order: Order) -> Order:
    """Its goods lie ready to leave; twice changes nothing. Raises `Forbidden`, `DomainError` where some are missing."""
    require_order(principal, order, action="ship")
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state == "prepared":
            return locked
        if locked.waits and all(line.waiting == line.left for line in lines_of(locked)):
            raise DomainError(_("Nothing of this order is in stock yet."), code="order-waits")
        before = locked.state
        go(principal, locked, "prepared")
        event = OrderPrepared(order=locked.id, party=locked.party_id)
        keep(principal, locked, "prepare", {"state": (before, "prepared")}, event)
    return locked


def unprepare_order(principal: Principal, order: Order) -> Order:
    """It was not ready after all; twice changes nothing. Raises `Forbidden`, `DomainError`."""
    require_order(principal, order, action="ship")
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state == "confirmed":
            return locked
        before = locked.state
        if before != "prepared":
            go(principal, locked, "prepared")  # refuses, with how it stands
        go(principal, locked, "confirmed")
        keep(principal, locked, "unprepare", {"state": (before, "confirmed")})
    return locked
