"""Who carries a parcel and under which number may be known later than that it left."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.folding import clean_line
from filo.operational.orders.events import OrderChanged
from filo.operational.orders.models import Carrier, Shipment
from filo.operational.orders.services.changing import keep, locked_order, require_order


def note_parcel(
    principal: Principal, shipment: Shipment, *, carrier: Carrier | None = None, tracking: str = ""
) -> Shipment:
    """Write the carrier and the tracking number on a shipment that has left; what is not said stays as it is, and the
    same said twice changes nothing. Raises `Forbidden`.
    """
    require_order(principal, shipment.order, action="ship")
    said = {"carrier": carrier, "tracking": clean_line(tracking, max_length=80)}
    with transaction.atomic():
        locked = locked_order(shipment.order)
        found = Shipment.objects.select_related("carrier", "order").get(pk=shipment.pk)
        news = {name: value for name, value in said.items() if value and value != getattr(found, name)}
        if not news:
            return found
        before = _words(found)
        for name, value in news.items():
            setattr(found, name, value)
        found.save(update_fields=list(news))
        changes: dict[str, tuple[Any, Any]] = {"shipment": (before, _words(found))}
        event = OrderChanged(order=locked.id, party=locked.party_id, fields=["shipments"])
        keep(principal, locked, "track", changes, event)
    return found


def _words(shipment: Shipment) -> str:
    return " ".join(part for part in (f"{shipment.name}:", str(shipment.carrier or ""), shipment.tracking) if part)
