"""A request is about an order."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.push.services import publish
from filo.operational.orders.models import Order, OrderTicket
from filo.operational.orders.policies import ORDER_SEEN
from filo.operational.service.models import Ticket
from filo.operational.service.policies import TICKET_EDITED


def link_ticket(principal: Principal, order: Order, ticket: Ticket) -> OrderTicket:
    """Say that a request is about an order of the same customer; twice changes nothing. Raises `Forbidden`."""
    _require(principal, order, ticket)
    if ticket.party_id is not None and ticket.party_id != order.party_id:
        raise InvalidFields({"order": _("This order is another customer's.")})
    with transaction.atomic():
        made, new = OrderTicket.objects.get_or_create(order=order, ticket=ticket, defaults={"at": clock.now()})
        if new:
            _remember(principal, order, ticket, (None, order.name))
    return made


def unlink_ticket(principal: Principal, order: Order, ticket: Ticket) -> None:
    """It is not about this order; twice changes nothing. Raises `Forbidden`."""
    _require(principal, order, ticket)
    with transaction.atomic():
        gone, _kinds = OrderTicket.objects.filter(order=order, ticket=ticket).delete()
        if gone:
            _remember(principal, order, ticket, (order.name, None))


def _require(principal: Principal, order: Order, ticket: Ticket) -> None:
    principal.require("ticket", "edit")
    if not (TICKET_EDITED.allows(principal, ticket) and ORDER_SEEN.allows(principal, order)):
        raise Forbidden


def _remember(principal: Principal, order: Order, ticket: Ticket, change: tuple[str | None, str | None]) -> None:
    record(principal, "ticket.order", kind="ticket", object_id=ticket.id, changes={"order": change})
    publish(f"order:{order.id}", "changed", by=principal.page)
    publish(f"ticket:{ticket.id}", "changed", by=principal.page)
