"""Stock is promised, shipped and taken back: never more than is there, all of a list or nothing of it.

Whoever asks at once waits for the rows he wants, always in the same order, so that nobody waits in a circle. The
verbs of orders call these in their own transaction, once each, after they have asked for permission; a crash leaves
both or neither. Everything names its `Source`: what is promised to one is given back once and never twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.bulk import insert
from filo.foundation.events.services import announce
from filo.foundation.money import ZERO
from filo.operational.catalogue.events import StockChanged
from filo.operational.catalogue.models import StockMove
from filo.operational.catalogue.services.counting import arrive, count, move
from filo.operational.catalogue.services.lines import Lack, Line, Lines, OutOfStock, Source, Taken, checked
from filo.operational.catalogue.services.locking import LockedStock, first_place
from filo.operational.catalogue.services.promises import as_lines, promise, promised_to, some_of, unpromise

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
        promise(source, taken)
        _tell(principal, taken)
    return taken


def release(principal: Principal, source: Source, lines: Lines | None = None) -> list[Taken]:
    """Give back what is promised to an order and has not left: all of it, or so many of some variants.

    Twice gives back once: what is not promised (any more) is not given back. Gives what was. Raises `InvalidFields`.
    """
    asked = None if lines is None else checked(lines)
    with transaction.atomic():
        stock = LockedStock(as_lines(promised_to(source)))
        # Read again now that the rows are locked: who came first may have given it back.
        taken = some_of(promised_to(source), asked)
        for one in taken:
            stock.write(one, reserved=-one.quantity)
            unpromise(source, one)
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
                unpromise(source, Taken(one.variant_id, one.place_id, kept))
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


def _tell(principal: Principal, taken: Iterable[Taken]) -> None:
    """Announce what changed; the sum of promises is what the rows say."""
    announce(principal, *(StockChanged(variant=one.variant_id, place=one.place_id) for one in taken))
