"""What mails about orders show on the pages of others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.updates.models import OrderLetter
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.orders.models import Order


def register() -> None:
    """Called once, when the program starts."""
    fill("orders.order.aside", _of_order, place=30)


def _of_order(request: HttpRequest, order: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(order, Order):
        return None
    seen = Conversation.objects.visible_to(principal)
    letters = OrderLetter.objects.filter(order=order.pk, conversation__in=seen).select_related("message")
    return "updates/_of_order.html", {"order": order, "letters": list(letters)}
