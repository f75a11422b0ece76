"""Rows of stock under a lock: what is chosen of them, and how they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Stock, StockMove, StockPlace, Variant
from filo.operational.catalogue.services.lines import Key, Lack, Line, OutOfStock, Source, Taken

__all__ = ["Line", "LockedStock", "first_place"]


def first_place() -> StockPlace:
    """Where goods go that nobody said a place for. Raises `InvalidFields` where there is no place at all."""
    found = StockPlace.objects.filter(active=True).first()
    if found is None:
        raise InvalidFields({"place": _("There is no stock place yet: make one in the settings.")})
    return found


class LockedStock:
    """All rows of stock of some variants, locked in the order of variant and place until the transaction ends.

    Ask once in a transaction for everything it is about: whoever locks twice may wait in a circle.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)
        ids = {line.variant_id for line in self.lines}
        variants = Variant.objects.filter(pk__in=ids).values_list("pk", "sku", "product__stocked")
        known = list(variants)
        self.skus = {pk: sku for pk, sku, _stocked in known}
        self.stocked = {pk for pk, _sku, stocked in known if stocked}
        if unknown := sorted(str(one) for one in ids - self.skus.keys()):
            raise InvalidFields({"lines": _("There is no product with the id %(id)s.") % {"id": unknown[0]}})
        self._make_rows()
        locked = Stock.objects.filter(variant__in=ids).select_for_update(of=("self",)).select_related("place")
        self.rows: dict[Key, Stock] = {
            (row.variant_id, row.place_id): row for row in locked.order_by("variant_id", "place_id")
        }

    def _make_rows(self) -> None:
        """A row where there is none yet, so that there is something to lock."""
        named = {(line.variant_id, line.place_id) for line in self.lines if line.variant_id in self.stocked}
        wanted = {(variant, place) for variant, place in named if place}
        known = Stock.objects.filter(variant__in={variant for variant, _place in wanted})
        missing = sorted(wanted - set(known.values_list("variant_id", "place_id"))) if wanted else []
        if not missing:
            return
        places = {place for _variant, place in missing}
        if StockPlace.objects.filter(pk__in=places).count() != len(places):
            raise InvalidFields({"place": _("There is no such stock place.")})
        new = [Stock(variant_id=variant, place_id=place) for variant, place in missing]
        Stock.objects.bulk_create(new, ignore_conflicts=True)

    def choose(self, promised: dict[Key, Decimal]) -> list[Taken]:
        """From which places each line is taken; what is `promised` to who asks is free to him and goes first.

        Raises `OutOfStock` with everything that is short.
        """
        free = {
            key: row.on_hand - row.reserved + promised.get(key, ZERO)
            for key, row in self.rows.items()
            if row.place.active or key in promised
        }
        wanted: dict[UUID, Decimal] = defaultdict(Decimal)
        missing: dict[UUID, Decimal] = defaultdict(Decimal)
        taken: dict[Key, Decimal] = defaultdict(Decimal)
        # Lines that name their place choose first: the others have a choice.
        for line in sorted(self.lines, key=lambda one: one.place_id is None):
            if line.variant_id not in self.stocked:
                continue
            left = line.quantity
            for key in self._places(line, free, promised):
                if (part := min(left, free.get(key, ZERO))) > 0:
                    free[key], taken[key], left = free[key] - part, taken[key] + part, left - part
            wanted[line.variant_id] += line.quantity
            missing[line.variant_id] += left
        lacks = [
            Lack(variant, self.skus[variant], wanted[variant], wanted[variant] - left)
            for variant, left in missing.items()
            if left
        ]
        if lacks:
            raise OutOfStock(sorted(lacks, key=lambda lack: lack.sku))
        return [Taken(variant, place, quantity) for (variant, place), quantity in sorted(taken.items())]

    def _places(self, line: Line, free: dict[Key, Decimal], promised: dict[Key, Decimal]) -> list[Key]:
        """Where it is named; else first where it is promised, then where all of it lies, then as places are ordered."""
        if line.place_id:
            return [(line.variant_id, line.place_id)]

        def rank(key: Key) -> tuple[bool, bool, int, str]:
            place = self.rows[key].place
            return key not in promised, free.get(key, ZERO) < line.quantity, place.position, place.code

        return sorted((key for key in self.rows if key[0] == line.variant_id), key=rank)

    def write(self, one: Taken, *, on_hand: Decimal = ZERO, reserved: Decimal = ZERO) -> None:
        """Add to a row, if it still is what was read and nothing becomes negative or is promised without goods.

        Exact sums are written, not `on_hand + x`: SQLite would add them as floating point numbers.
        """
        row = self.rows[one.key]
        now_there, now_promised = row.on_hand + on_hand, row.reserved + reserved
        if now_there < 0 or now_promised < 0 or now_promised > now_there:
            raise OutOfStock([self._lack(one)])
        unchanged = Stock.objects.filter(pk=row.pk, on_hand=row.on_hand, reserved=row.reserved)
        if not unchanged.update(on_hand=now_there, reserved=now_promised):
            raise OutOfStock([self._lack(one)])
        row.on_hand, row.reserved = now_there, now_promised

    def _lack(self, one: Taken) -> Lack:
        row = self.rows[one.key]
        return Lack(one.variant_id, self.skus[one.variant_id], one.quantity, row.on_hand - row.reserved)

    def moved(
        self, principal: Principal, one: Taken, quantity: Decimal, reason: str, source: Source | None
    ) -> StockMove:
        """The line of the journal, to be inserted, about what was just written."""
        return StockMove(
            variant_id=one.variant_id,
            place_id=one.place_id,
            at=clock.now(),
            quantity=quantity,
            left=self.rows[one.key].on_hand,
            reason=reason,
            note=source.told[:200] if source else "",
            source_kind=source.kind[:30] if source else "",
            source_id=source.id if source else None,
            actor_id=principal.user_id,
        )
