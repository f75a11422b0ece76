"""Stock is counted, arrives and is moved from place to place, by whoever keeps products."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.bulk import insert
from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.catalogue.events import StockChanged
from filo.operational.catalogue.models import Product, Stock, StockMove, StockPlace, Variant
from filo.operational.catalogue.policies import PRODUCT_KEPT
from filo.operational.catalogue.quantities import kept_quantity, quantity_words
from filo.operational.catalogue.services.lines import Line, Taken, checked
from filo.operational.catalogue.services.locking import LockedStock

Counted = Sequence[tuple[UUID, UUID, Decimal]]


def count(
    principal: Principal,
    lines: Counted,
    *,
    reason: str = "count",
    note: str = "",
    as_of: datetime | None = None,
) -> list[Taken]:
    """So many of each variant are in a place, as somebody counted or another program says; gives what differed.

    Less than what is promised to orders is refused. `as_of`: how old the figure is, where it comes from elsewhere.
    Raises `Forbidden`, `NotFound`, `InvalidFields`.
    """
    counted = {}
    for variant_id, place_id, quantity in lines:
        kept = kept_quantity(quantity)
        if kept is None or kept < 0:
            raise InvalidFields({"quantity": _("The quantity must be zero or more, with three decimals at most.")})
        counted[variant_id, place_id] = kept
    _may(principal, {variant for variant, _place in counted})
    with transaction.atomic():
        stock = LockedStock([Line(variant, place, quantity) for (variant, place), quantity in counted.items()])
        _refuse_what_is_not_kept(stock)
        differing = []
        for key, quantity in counted.items():
            row = stock.rows[key]
            if quantity < row.reserved:
                raise InvalidFields({"quantity": _too_few(stock, row)})
            if quantity != row.on_hand:
                differing.append(Taken(*key, quantity - row.on_hand))
        if as_of is not None:
            Stock.objects.filter(pk__in=[stock.rows[key].pk for key in counted]).update(as_of=as_of)
        _write(principal, stock, differing, reason=reason, note=note)
    return differing


def arrive(principal: Principal, lines: Counted, *, note: str = "") -> list[Taken]:
    """Goods arrive in a place. Raises `Forbidden`, `NotFound`, `InvalidFields`."""
    _may(principal, {variant for variant, _place, _quantity in lines})
    wanted = checked(lines)
    with transaction.atomic():
        stock = LockedStock(wanted)
        _refuse_what_is_not_kept(stock)
        taken = [Taken(line.variant_id, line.place_id, line.quantity) for line in wanted if line.place_id]
        _write(principal, stock, taken, reason="arrival", note=note)
    return taken


def move(
    principal: Principal, lines: Sequence[tuple[UUID, Decimal]], *, out_of: StockPlace, into: StockPlace, note: str = ""
) -> list[Taken]:
    """From one place to another; what is promised to orders stays where it is. Raises as `arrive`, `OutOfStock`."""
    if out_of.pk == into.pk:
        raise InvalidFields({"into": _("Choose two different places.")})
    _may(principal, {variant for variant, _quantity in lines})
    leaving = checked([(variant, out_of.pk, quantity) for variant, quantity in lines])
    with transaction.atomic():
        arriving = [Line(line.variant_id, into.pk, line.quantity) for line in leaving]
        stock = LockedStock([*leaving, *arriving])
        _refuse_what_is_not_kept(stock)
        stock.lines = leaving
        taken = stock.choose({})
        both = [Taken(one.variant_id, out_of.pk, -one.quantity) for one in taken]
        both += [Taken(one.variant_id, into.pk, one.quantity) for one in taken]
        _write(principal, stock, both, reason="moved", note=note)
    return taken


def _may(principal: Principal, variants: set[UUID]) -> None:
    """Whether all of these are products that this principal keeps."""
    principal.require("product", "edit")
    rows = Product.objects.visible_to(principal).filter(variants__in=variants).distinct()
    products = list(rows)
    found = set(Variant.objects.filter(product__in=products, pk__in=variants).values_list("pk", flat=True))
    if variants - found:
        raise NotFound
    if not all(PRODUCT_KEPT.allows(principal, product) for product in products):
        raise Forbidden


def _refuse_what_is_not_kept(stock: LockedStock) -> None:
    if others := sorted(sku for pk, sku in stock.skus.items() if pk not in stock.stocked):
        raise InvalidFields({"lines": _("%(sku)s is not kept in stock.") % {"sku": others[0]}})


def _too_few(stock: LockedStock, row: Stock) -> str:
    return _("%(number)s of %(sku)s are promised to orders: release them first, or count again.") % {
        "number": quantity_words(row.reserved),
        "sku": stock.skus[row.variant_id],
    }


def _write(principal: Principal, stock: LockedStock, taken: list[Taken], *, reason: str, note: str) -> None:
    """Rows, journal, audit and events of what differs."""
    moves = []
    said = clean_line(note, max_length=200)
    for one in taken:
        before = stock.rows[one.key].on_hand
        stock.write(one, on_hand=one.quantity)
        move = stock.moved(principal, one, one.quantity, reason, None)
        move.note = said
        moves.append(move)
        changes = {"on_hand": (before, before + one.quantity), "place_id": (one.place_id, one.place_id)}
        record(principal, f"stock.{reason}", kind="stock", object_id=one.variant_id, changes=changes)
    insert(StockMove, moves)
    announce(principal, *(StockChanged(variant=one.variant_id, place=one.place_id) for one in taken))
