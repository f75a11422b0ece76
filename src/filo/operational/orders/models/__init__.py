"""Orders, what was shipped of them, by whom, and what is promised."""

from filo.operational.orders.models.order import Order, OrderLine, OrderStep, OrderTicket
from filo.operational.orders.models.settings import Carrier, OrderPromise
from filo.operational.orders.models.shipment import EVENT_KINDS, Shipment, ShipmentEvent, ShipmentLine

__all__ = [
    "EVENT_KINDS",
    "Carrier",
    "Order",
    "OrderLine",
    "OrderPromise",
    "OrderStep",
    "OrderTicket",
    "Shipment",
    "ShipmentEvent",
    "ShipmentLine",
]
