"""An order is off, or a draft again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.foundation.folding import clean_line
from filo.operational.catalogue.services import stock
from filo.operational.orders.events import OrderCancelled, OrderReopened
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import source_of
from filo.operational.orders.services.changing import go, keep, locked_order, require_order, tell_of
from filo.operational.orders.states import GONE
from filo.operational.prices.services.coupons import give_back


def cancel_order(principal: Principal, order: Order, *, reason: str = "") -> Order:
    """It is off: what was promised to it is free again; twice changes nothing. Raises `Forbidden`, `DomainError`."""
    require_order(principal, order)
    note = clean_line(reason, max_length=300)
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state == "cancelled":
            return locked
        if locked.state in GONE:
            raise DomainError(_("Goods of this order have left: take them back instead."), code="order-transition")
        before = locked.state
        go(principal, locked, "cancelled", note=note, data={"waits": locked.waits})
        _let_go(principal, locked)
        locked.closed_reason = note
        event = OrderCancelled(order=locked.id, party=locked.party_id, reason=note)
        keep(principal, locked, "cancel", {"state": (before, "cancelled")}, event)
        tell_of(principal, locked, "order.cancelled", excerpt=note)
    return locked


def reopen_order(principal: Principal, order: Order) -> Order:
    """A draft again, with the number that it has; twice changes nothing. Raises `Forbidden`, `DomainError`."""
    require_order(principal, order)
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state == "draft":
            return locked
        before = locked.state
        go(principal, locked, "draft")
        _let_go(principal, locked)
        locked.closed_reason = ""
        event = OrderReopened(order=locked.id, party=locked.party_id)
        keep(principal, locked, "reopen", {"state": (before, "draft")}, event)
        tell_of(principal, locked, "order.reopened")
    return locked


def _let_go(principal: Principal, locked: Order) -> None:
    """Stock and coupons are free again."""
    stock.release(principal, source_of(locked))
    OrderLine.objects.filter(order=locked).update(waiting=0)
    give_back("order", locked.id)
    locked.waits = False
