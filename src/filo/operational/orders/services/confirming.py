"""An order is accepted: stock is promised to it, it gets a number, and the customer is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError
from filo.foundation.money import ZERO
from filo.foundation.numbering.services import take_number
from filo.operational.orders.events import OrderConfirmed, OrderFilled
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import address_of, lines_of
from filo.operational.orders.queries.pricing import sum_up
from filo.operational.orders.queries.promising import promised_day
from filo.operational.orders.services.changing import (
    go,
    keep,
    locked_order,
    refuse_stale,
    require_order,
    standing_words,
    tell_of,
)
from filo.operational.orders.services.couponing import use_coupons
from filo.operational.orders.services.stocking import promise
from filo.operational.orders.services.writing import with_quantity
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.stages import accepted_order

SERIES = "O"
Short = Literal["refuse", "wait", "part"]


def confirm_order(
    principal: Principal,
    order: Order,
    *,
    short: Short = "refuse",
    version: int | None = None,
    proof: Mapping[str, Any] | None = None,
) -> Order:
    """Accept an order; confirming it twice changes nothing.

    `short` says what is to be done where the stock is short: refuse the whole (`OutOfStock` says what lacks), `wait`
    for the goods, or take `part`: only what is there is ordered. `proof` is kept with the step, such as the terms that
    the buyer agreed to. Raises `Forbidden`, `DomainError`, `Stale`, `CouponRefused`.
    """
    require_order(principal, order)
    with transaction.atomic():
        locked = locked_order(order)
        if locked.is_open:
            return locked
        refuse_stale(locked, version, {})
        if locked.state != "draft":
            raise DomainError(standing_words(locked), code="order-transition")
        lines = lines_of(locked)
        if not lines:
            raise DomainError(_("This order is empty: put something on it first."), code="order-empty")
        changes: dict[str, tuple[Any, Any]] = {"state": (locked.state, "confirmed")}
        _make_customer(principal, locked)
        use_coupons(locked, lines)
        locked.waits = short == "wait"
        promise(principal, locked, lines, wait=short != "refuse")
        if short == "part":
            lines = _only_what_is_there(locked, lines)
            changes |= sum_up(locked, lines)
        locked.waits = any(line.waiting for line in lines)
        locked.confirmed_at = clock.now()
        _fix_addresses(locked)
        if locked.promised_date is None:
            locked.promised_date = promised_day(locked.company_id, locked.confirmed_at)
        if locked.number is None:
            locked.year = clock.today().year
            locked.number = take_number(locked.company_id, SERIES, locked.year)
            changes["number"] = (None, locked.name)
        go(principal, locked, "confirmed", data=proof)
        event = OrderConfirmed(
            order=locked.id,
            party=locked.party_id,
            number=locked.name,
            total=str(locked.total),
            currency=locked.currency,
            promised=locked.promised_date.isoformat(),
        )
        keep(principal, locked, "confirm", changes, event)
        tell_of(principal, locked, "order.confirmed", outcome=money_words(locked.total, locked.currency))
    return locked


def _make_customer(principal: Principal, locked: Order) -> None:
    """Rule *order*: the first accepted order makes a customer."""
    if locked.relationship_id is None:
        return
    rows = Relationship.objects.select_for_update(of=("self",)).select_related("party")
    tie = rows.filter(pk=locked.relationship_id, ended_at=None).first()
    if tie is not None:
        accepted_order(principal, tie)


def _only_what_is_there(locked: Order, lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Lines with as many as are promised; those with none are left out. Raises `DomainError` where nothing is left."""
    kept, gone = [], []
    for line in lines:
        if not line.waiting:
            kept.append(line)
        elif line.quantity > line.waiting:
            kept.append(with_quantity(line, line.quantity - line.waiting, locked.currency))
        else:
            gone.append(line)
    if not kept:
        raise DomainError(_("Nothing of this order is in stock."), code="out-of-stock")
    OrderLine.objects.filter(pk__in=[line.pk for line in gone]).delete()
    OrderLine.objects.bulk_update(kept, ["quantity", "amount", "off", "waiting"])
    return kept


def _fix_addresses(locked: Order) -> None:
    """Names and addresses stay as they are today, unless they were typed."""
    if not locked.bill_to:
        locked.bill_to = address_of(locked.bill_party or locked.party, use="billing")
    if not locked.ship_to:
        locked.ship_to = address_of(locked.ship_party or locked.party, use="shipping")


def fill_order(principal: Principal, order: Order) -> Order:
    """Goods came in: have as much as is there promised to an order that waits. Raises `Forbidden`."""
    require_order(principal, order)
    with transaction.atomic():
        locked = locked_order(order)
        if not locked.waits or not locked.is_open:
            return locked
        lines = lines_of(locked)
        before = sum((line.waiting for line in lines), ZERO)
        promise(principal, locked, lines, wait=True)
        left = sum((line.waiting for line in lines), ZERO)
        if left == before:
            return locked
        locked.waits = left > 0
        event = OrderFilled(order=locked.id, party=locked.party_id, whole=not locked.waits)
        keep(principal, locked, "fill", {"waits": (True, locked.waits)}, event)
    return locked
