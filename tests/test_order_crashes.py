"""An order that dies between any two statements is as it was before: no half order, no promise without one.

The connection breaks at the n-th statement of each verb, for every n there is; whatever was written before it must be
gone, and the verb must then succeed as if nothing had been tried.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.models import OutboxEvent
from filo.foundation.numbering.models import Counter as NumberCounter
from filo.operational.catalogue.models import Reservation, Stock, StockMove
from filo.operational.orders.models import Order, OrderLine, OrderStep, Shipment, ShipmentLine
from filo.operational.orders.services import cancel_order, confirm_order, reopen_order, return_goods, ship_order
from filo.operational.orders.tests.counter import Counter, counter_of, faults
from filo.operational.parties.models import StageChange, TimelineEntry
from filo.testing.world import World

KEPT = (
    *(Order, OrderLine, OrderStep, Shipment, ShipmentLine, Stock, StockMove, Reservation),
    *(NumberCounter, TimelineEntry, StageChange, AuditEntry, OutboxEvent),
)
MOST = 500


class Died(BaseException):
    """The process is gone: nobody catches this."""


class Breaking:
    """Lets so many statements pass and dies at the next one."""

    def __init__(self, passing: int) -> None:
        self.passing, self.dead = passing, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.dead or "SAVEPOINT" in sql:
            return execute(sql, params, many, context)
        if self.passing == 0:
            self.dead = True
            raise Died
        self.passing -= 1
        return execute(sql, params, many, context)


def everything() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


def survives(verb: Callable[[], object]) -> int:
    """Die at every statement of a verb in turn; gives how many there were."""
    before = everything()
    for number in range(MOST):
        breaking = Breaking(number)
        try:
            with connection.execute_wrapper(breaking):
                verb()
        except Died:
            assert everything() == before, f"half of it was left at statement {number + 1}"
            assert faults() == []
            continue
        assert faults() == []
        return number
    raise AssertionError("it never ended")


@pytest.mark.django_db
def test_no_verb_leaves_half_an_order(world: World) -> None:
    counter: Counter = counter_of(world)
    principal, order = counter.principal(), counter.draft()
    counted = {
        "confirm": survives(lambda: confirm_order(principal, order)),
        "reopen": survives(lambda: reopen_order(principal, order)),
        "again": survives(lambda: confirm_order(principal, order)),
        "ship": survives(lambda: counter.ship(order, {"LAMPADA": "1"})),
        "rest": survives(lambda: ship_order(principal, order)),
        "return": survives(lambda: return_goods(principal, order)),
    }
    other = counter.confirmed()
    counted["cancel"] = survives(lambda: cancel_order(principal, other))
    assert all(number > 10 for number in counted.values()), counted
