"""Stock is promised, shipped and taken back: never more than is there, all of a list or nothing of it.

Whoever asks at once waits for the rows he wants, always in the same order, so that nobody waits in a circle. The
verbs of orders call these in their own transaction, once each, after they have asked for permission; a crash leaves
both or neither. Everything names its `Source`: what is promised to one is given back once and never twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.bulk import insert
from filo.foundation.events.services import announce
from filo.foundation.money import ZERO
from filo.operational.catalogue.events import StockChanged
from filo.operational.catalogue.models import Reservation, StockMove
from filo.operational.catalogue.services.counting import arrive, count, move
from filo.operational.catalogue.services.locking import (
    Key,
    Lack,
    Line,
    Lines,
    LockedStock,
    OutOfStock,
    Source,
    Taken,
    checked,
    first_place,
)

__all__ = [
    "Lack",
    "Line",
    "OutOfStock",
    "Source",
    "Taken",
    "arrive",
    "count",
    "move",
    "promised_to",
    "release",
    "reserve",
    "ship",
    "take_back",
]


def reserve(principal: Principal, lines: Lines, source: Source) -> list[Taken]:
    """Promise stock to an order, in addition to what is promised to it already; gives from which places.

    Services and whatever else is not kept in stock are left out. Raises `OutOfStock`, `InvalidFields`.
    """
    with transaction.atomic():
        stock = LockedStock(checked(lines))
        taken = stock.choose({})
        for one in taken:
            stock.write(one, reserved=one.quantity)
        _promise(source, taken)
        _tell(principal, taken)
    return taken


def release(principal: Principal, source: Source, lines: Lines | None = None) -> list[Taken]:
    """Give back what is promised to an order and has not left: all of it, or so many of some variants.

    Twice gives back once: what is not promised (any more) is not given back. Gives what was. Raises `InvalidFields`.
    """
    asked = None if lines is None else checked(lines)
    with transaction.atomic():
        stock = LockedStock(_as_lines(promised_to(source)))
        # Read again now that the rows are locked: who came first may have given it back.
        taken = _some_of(promised_to(source), asked)
        for one in taken:
            stock.write(one, reserved=-one.quantity)
            _unpromise(source, one)
        _tell(principal, taken)
    return taken


def ship(principal: Principal, lines: Lines, source: Source) -> list[Taken]:
    """Goods leave for an order: what is promised to it first, and what is free where less was promised.

    Raises `OutOfStock`, `InvalidFields`.
    """
    with transaction.atomic():
        stock = LockedStock(checked(lines))
        promised = {one.key: one.quantity for one in promised_to(source)}
        taken = stock.choose(promised)
        moves = []
        for one in taken:
            kept = min(one.quantity, promised.get(one.key, ZERO))
            if kept:
                _unpromise(source, Taken(one.variant_id, one.place_id, kept))
            stock.write(one, on_hand=-one.quantity, reserved=-kept)
            moves.append(stock.moved(principal, one, -one.quantity, "shipped", source))
        insert(StockMove, moves)
        _tell(principal, taken)
    return taken


def take_back(principal: Principal, lines: Lines, source: Source) -> list[Taken]:
    """Goods come back: to the place that is named, or to the first one. Raises `InvalidFields`."""
    wanted = checked(lines)
    if any(line.place_id is None for line in wanted):
        home = first_place().id
        wanted = [Line(line.variant_id, line.place_id or home, line.quantity) for line in wanted]
    with transaction.atomic():
        stock = LockedStock(wanted)
        back = [line for line in wanted if line.variant_id in stock.stocked]
        taken = [Taken(line.variant_id, line.place_id, line.quantity) for line in back if line.place_id]
        moves = []
        for one in taken:
            stock.write(one, on_hand=one.quantity)
            moves.append(stock.moved(principal, one, one.quantity, "returned", source))
        insert(StockMove, moves)
        _tell(principal, taken)
    return taken


def promised_to(source: Source) -> list[Taken]:
    """What is promised to an order and has not left."""
    rows = Reservation.objects.filter(source_kind=source.kind, source_id=source.id)
    return [
        Taken(*row) for row in rows.order_by("variant_id", "place_id").values_list("variant_id", "place_id", "quantity")
    ]


def _as_lines(taken: Iterable[Taken]) -> list[Line]:
    return [Line(one.variant_id, one.place_id, one.quantity) for one in taken]


def _some_of(promised: list[Taken], asked: list[Line] | None) -> list[Taken]:
    """As much of what is promised as is asked to be given back."""
    if asked is None:
        return promised
    left: dict[Key, Decimal] = {one.key: one.quantity for one in promised}
    taken: dict[Key, Decimal] = defaultdict(Decimal)
    for line in sorted(asked, key=lambda one: one.place_id is None):
        wanted = line.quantity
        for key in [key for key in left if key[0] == line.variant_id and line.place_id in (None, key[1])]:
            part = min(wanted, left[key])
            left[key], taken[key], wanted = left[key] - part, taken[key] + part, wanted - part
    return [Taken(variant, place, quantity) for (variant, place), quantity in sorted(taken.items()) if quantity]


def _promise(source: Source, taken: Iterable[Taken]) -> None:
    """Keep to whom it is promised; the rows of stock are locked, and with them these."""
    known = {one.key: one.quantity for one in promised_to(source)}
    for one in taken:
        mine = Reservation.objects.filter(
            source_kind=source.kind, source_id=source.id, variant=one.variant_id, place=one.place_id
        )
        if one.key in known:
            mine.update(quantity=known[one.key] + one.quantity)
            continue
        Reservation.objects.create(
            source_kind=source.kind,
            source_id=source.id,
            variant_id=one.variant_id,
            place_id=one.place_id,
            quantity=one.quantity,
            at=clock.now(),
        )


def _unpromise(source: Source, one: Taken) -> None:
    mine = Reservation.objects.filter(
        source_kind=source.kind, source_id=source.id, variant=one.variant_id, place=one.place_id
    )
    left = mine.get().quantity - one.quantity
    if left > 0:
        mine.update(quantity=left)
    else:
        mine.delete()


def _tell(principal: Principal, taken: Iterable[Taken]) -> None:
    """Announce what changed; the sum of promises is what the rows say."""
    announce(principal, *(StockChanged(variant=one.variant_id, place=one.place_id) for one in taken))
