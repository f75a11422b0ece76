"""Which stock is promised to whom: rows of reservations, written under the lock of their stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from filo.foundation import clock
from filo.operational.catalogue.models import Reservation
from filo.operational.catalogue.services.lines import Key, Line, Source, Taken


def promised_to(source: Source) -> list[Taken]:
    """What is promised to an order and has not left."""
    rows = Reservation.objects.filter(source_kind=source.kind, source_id=source.id)
    return [
        Taken(*row) for row in rows.order_by("variant_id", "place_id").values_list("variant_id", "place_id", "quantity")
    ]


def as_lines(taken: Iterable[Taken]) -> list[Line]:
    """What was taken, as lines that name their place."""
    return [Line(one.variant_id, one.place_id, one.quantity) for one in taken]


def some_of(promised: list[Taken], asked: list[Line] | None) -> list[Taken]:
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


def promise(source: Source, taken: Iterable[Taken]) -> None:
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


def unpromise(source: Source, one: Taken) -> None:
    """So much of it is promised no longer."""
    mine = Reservation.objects.filter(
        source_kind=source.kind, source_id=source.id, variant=one.variant_id, place=one.place_id
    )
    left = mine.get().quantity - one.quantity
    if left > 0:
        mine.update(quantity=left)
    else:
        mine.delete()
