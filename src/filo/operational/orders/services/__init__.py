"""The verbs of orders."""

from filo.operational.orders.services.cancelling import cancel_order, reopen_order
from filo.operational.orders.services.confirming import confirm_order, fill_order
from filo.operational.orders.services.drafting import copy_order, draft_order, order_from_quote
from filo.operational.orders.services.parcels import note_parcel
from filo.operational.orders.services.preparing import prepare_order, unprepare_order
from filo.operational.orders.services.restoring import restore_order
from filo.operational.orders.services.returning import return_goods
from filo.operational.orders.services.shipping import (
    arrived,
    deliver_order,
    not_arrived,
    ship_order,
    track_shipment,
)
from filo.operational.orders.services.tickets import link_ticket, unlink_ticket
from filo.operational.orders.services.writing import change_order, write_lines

__all__ = [
    "arrived",
    "cancel_order",
    "change_order",
    "confirm_order",
    "copy_order",
    "deliver_order",
    "draft_order",
    "fill_order",
    "link_ticket",
    "not_arrived",
    "note_parcel",
    "order_from_quote",
    "prepare_order",
    "reopen_order",
    "restore_order",
    "return_goods",
    "ship_order",
    "track_shipment",
    "unlink_ticket",
    "unprepare_order",
    "write_lines",
]
