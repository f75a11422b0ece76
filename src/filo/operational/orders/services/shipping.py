"""Goods leave, all of them or a part, and arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.numbering.services import take_number
from filo.operational.catalogue.services import stock
from filo.operational.orders.events import OrderChanged, OrderDelivered, OrderShipped
from filo.operational.orders.models import Carrier, Order, OrderLine, Shipment, ShipmentEvent, ShipmentLine
from filo.operational.orders.models.shipment import CAUSES, EVENT_KINDS, MOST_WEIGHT
from filo.operational.orders.queries.finding import KIND, issuer_of, lines_of, source_of, stocked_among
from filo.operational.orders.services.changing import (
    go,
    keep,
    locked_order,
    require_order,
    standing_words,
    tell_of,
)
from filo.operational.orders.services.stocking import settle
from filo.operational.orders.states import TO_SHIP
from filo.operational.parties.services.timeline import page_changed, untell

SERIES = "DDT"
MOST_PARCELS = 9999


@dataclass(frozen=True, slots=True)
class Parcel:
    """How a shipment goes. weight: in kg. cause: one of `CAUSES`, why the goods travel (DPR 472/96).

    key: the same key of a program that tries again gives the same shipment.
    """

    carrier_id: UUID | None = None
    tracking: str = ""
    parcels: int = 1
    weight: Decimal | None = None
    cause: str = "sale"
    note: str = ""
    expected: date | None = None
    key: str | None = None


def ship_order(
    principal: Principal,
    order: Order,
    *,
    quantities: Mapping[UUID, Decimal] | None = None,
    parcel: Parcel = Parcel(),
) -> Shipment:
    """Goods leave: everything that is left, or so many of some lines (by their ids).

    Raises `Forbidden`, `InvalidFields`, `DomainError`, `OutOfStock`.
    """
    require_order(principal, order, action="ship")
    if parcel.key and (known := _known(order, parcel.key)):
        return known
    carrier = _carrier(parcel.carrier_id)
    _check(parcel)
    try:
        with transaction.atomic():
            locked = locked_order(order)
            if locked.state not in TO_SHIP:
                raise DomainError(standing_words(locked), code="order-transition")
            lines = lines_of(locked)
            leaving = _leaving(lines, quantities)
            return _ship(principal, locked, lines, leaving, parcel, carrier)
    except IntegrityError:
        if parcel.key and (known := _known(order, parcel.key)):
            return known
        raise


def _known(order: Order, key: str) -> Shipment | None:
    found = Shipment.objects.filter(idempotency_key=key).first()
    if found is not None and found.order_id != order.pk:
        raise Forbidden
    return found


def _carrier(carrier_id: UUID | None) -> Carrier | None:
    if carrier_id is None:
        return None
    found = Carrier.objects.filter(pk=carrier_id).first()
    if found is None:
        raise InvalidFields({"carrier": _("Choose one of the carriers.")})
    return found


def _check(parcel: Parcel) -> None:
    problems = {}
    if parcel.cause not in dict(CAUSES):
        problems["cause"] = _("Choose one of: %(names)s.") % {"names": ", ".join(code for code, _l in CAUSES)}
    weight = parcel.weight
    if weight is not None and not (weight.is_finite() and Decimal("0.001") <= weight <= MOST_WEIGHT):
        problems["weight"] = _("Write a weight in kilograms, such as 12 or 12,5.")
    if not 1 <= parcel.parcels <= MOST_PARCELS:
        problems["parcels"] = _("Write a number of parcels from 1 to %(most)s.") % {"most": MOST_PARCELS}
    if problems:
        raise InvalidFields(dict(problems))


def _leaving(lines: list[OrderLine], quantities: Mapping[UUID, Decimal] | None) -> list[tuple[OrderLine, Decimal]]:
    if quantities is None:
        found = [(line, line.left) for line in lines if line.left]
    else:
        known = {line.pk: line for line in lines}
        if unknown := [key for key in quantities if key not in known]:
            raise InvalidFields({"lines": _("This order has no line %(id)s.") % {"id": unknown[0]}})
        found = [(line, quantities[line.pk]) for line in lines if quantities.get(line.pk)]
    problems = {
        f"lines.{line.pk}": _("%(what)s: at most %(left)s are left to ship.")
        % {"what": line.code or line.description[:60], "left": f"{line.left.normalize():f}"}
        for line, quantity in found
        if not quantity.is_finite() or not 0 < quantity <= line.left or quantity != quantity.quantize(Decimal("0.001"))
    }
    if problems:
        raise InvalidFields(dict(problems))
    if not found:
        raise InvalidFields({"lines": _("Say what leaves: nothing was chosen.")})
    return found


def _ship(
    principal: Principal,
    locked: Order,
    lines: list[OrderLine],
    leaving: list[tuple[OrderLine, Decimal]],
    parcel: Parcel,
    carrier: Carrier | None,
) -> Shipment:
    stocked = stocked_among(lines)
    wishes = [
        (line.variant_id, line.place_id, n) for line, n in leaving if line.variant_id and line.variant_id in stocked
    ]
    if wishes:
        stock.ship(principal, wishes, source_of(locked))
    for line, quantity in leaving:
        line.shipped += quantity
    OrderLine.objects.bulk_update([line for line, _n in leaving], ["shipped"])
    settle(locked, lines)
    locked.waits = any(line.waiting for line in lines)
    whole = not any(line.left for line in lines)
    moment = clock.now()
    shipment = Shipment(
        order=locked,
        company_id=locked.company_id,
        year=clock.today().year,
        carrier=carrier,
        tracking=clean_line(parcel.tracking, max_length=80),
        parcels=parcel.parcels,
        weight=parcel.weight.quantize(Decimal("0.001")) if parcel.weight else None,
        cause=parcel.cause,
        issuer=issuer_of(locked),
        note=clean_line(parcel.note, max_length=300),
        shipped_at=moment,
        expected=parcel.expected or max(filter(None, [locked.promised_date, clock.today()])),
        created_by_id=principal.user_id,
        idempotency_key=parcel.key or None,
    )
    shipment.number = take_number(locked.company_id, SERIES, shipment.year)
    shipment.save(force_insert=True)
    ShipmentLine.objects.bulk_create(
        [ShipmentLine(shipment=shipment, line=line, quantity=quantity) for line, quantity in leaving]
    )
    ShipmentEvent.objects.create(shipment=shipment, kind="left", at=moment)
    _moved_on(principal, locked, shipment, whole=whole)
    return shipment


def _moved_on(principal: Principal, locked: Order, shipment: Shipment, *, whole: bool) -> None:
    before, after = locked.state, "shipped" if whole else "part"
    if before != after:
        go(principal, locked, after, data={"shipment": str(shipment.pk)})
    event = OrderShipped(order=locked.id, party=locked.party_id, shipment=shipment.pk, whole=whole)
    keep(principal, locked, "ship", {"state": (before, after), "shipment": (None, shipment.name)}, event)
    tell_of(principal, locked, "order.shipped", direction="out", data={"whole": whole, "ddt": shipment.name})


def track_shipment(
    principal: Principal, shipment: Shipment, *, kind: str, at: datetime | None = None, note: str = ""
) -> Shipment:
    """The carrier said where it is; the same said twice is kept once. Raises `Forbidden`, `InvalidFields`."""
    require_order(principal, shipment.order, action="ship")
    if kind not in dict(EVENT_KINDS):
        names = ", ".join(code for code, _l in EVENT_KINDS)
        raise InvalidFields({"kind": _("Choose one of: %(names)s.") % {"names": names}})
    moment = at or clock.now()
    if moment > clock.now():
        raise InvalidFields({"at": _("What has not happened yet cannot be told.")})
    if kind == "delivered":
        return arrived(principal, shipment, at=moment, note=note)
    with transaction.atomic():
        locked = locked_order(shipment.order)
        facts = {"kind": kind, "at": moment, "note": clean_line(note, max_length=200)}
        if ShipmentEvent.objects.filter(shipment=shipment, **facts).exists():
            return shipment
        ShipmentEvent.objects.create(shipment=shipment, **facts)
        event = OrderChanged(order=locked.id, party=locked.party_id, fields=["shipments"])
        keep(principal, locked, "track", {"shipment": (None, f"{shipment.name}: {kind}")}, event)
    return shipment


def arrived(principal: Principal, shipment: Shipment, *, at: datetime | None = None, note: str = "") -> Shipment:
    """It is with the customer; twice changes nothing. Raises `Forbidden`, `InvalidFields`."""
    require_order(principal, shipment.order, action="ship")
    moment = at or clock.now()
    with transaction.atomic():
        locked = locked_order(shipment.order)
        found = Shipment.objects.select_related("carrier").get(pk=shipment.pk)
        if found.delivered_at is not None:
            return found
        if moment < found.shipped_at:
            raise InvalidFields({"at": _("It cannot have arrived before it left.")})
        found.delivered_at = moment
        found.save(update_fields=["delivered_at"])
        ShipmentEvent.objects.create(shipment=found, kind="delivered", at=moment, note=clean_line(note, max_length=200))
        open_ones = Shipment.objects.filter(order=locked, delivered_at=None).exists()
        whole = locked.state == "shipped" and not open_ones
        changes: dict[str, tuple[Any, Any]] = {"shipment": (None, found.name)}
        if whole:
            changes["state"] = (locked.state, "delivered")
            go(principal, locked, "delivered", data={"shipment": str(found.pk)})
        event = OrderDelivered(order=locked.id, party=locked.party_id, shipment=found.pk, whole=whole)
        keep(principal, locked, "deliver", changes, event)
        tell_of(principal, locked, "order.delivered", data={"whole": whole, "ddt": found.name})
    return found


def deliver_order(principal: Principal, order: Order) -> Order:
    """Everything of it has arrived. Raises `Forbidden`, `DomainError` where something has not left yet."""
    require_order(principal, order, action="ship")
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state == "delivered":
            return locked
        if locked.state != "shipped":
            raise DomainError(_("Not everything of this order has left yet."), code="order-transition")
        for shipment in Shipment.objects.filter(order=locked, delivered_at=None).select_related("order__party"):
            arrived(principal, shipment)
    return locked_after(order)


def not_arrived(principal: Principal, shipment: Shipment) -> Shipment:
    """It was not delivered after all; twice changes nothing. Raises `Forbidden`, `DomainError`."""
    require_order(principal, shipment.order, action="ship")
    with transaction.atomic():
        locked = locked_order(shipment.order)
        found = Shipment.objects.get(pk=shipment.pk)
        if found.delivered_at is None:
            return found
        before = locked.state
        if before == "delivered":
            go(principal, locked, "shipped", data={"shipment": str(found.pk)})
        elif before == "returned":
            raise DomainError(standing_words(locked), code="order-transition")
        found.delivered_at = None
        found.save(update_fields=["delivered_at"])
        ShipmentEvent.objects.filter(shipment=found, kind="delivered").delete()
        untell(KIND, locked.pk, kind="order.delivered", data={"ddt": found.name})
        page_changed(principal, [locked.party_id], "timeline")
        keep(principal, locked, "undeliver", {"state": (before, locked.state), "shipment": (found.name, None)})
    return found


def locked_after(order: Order) -> Order:
    """The order as it stands after other verbs changed it."""
    return Order.objects.for_list().get(pk=order.pk)
