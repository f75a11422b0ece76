"""An order that was called off is on again, as it stood."""

from __future__ import annotations

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.operational.orders.models import Order, OrderStep
from filo.operational.orders.services.cancelling import reopen_order
from filo.operational.orders.services.changing import go, keep, locked_order, require_order
from filo.operational.orders.services.confirming import confirm_order


def restore_order(principal: Principal, order: Order) -> Order:
    """Take a cancelling back: draft, confirmed or prepared, as it was; one that is not cancelled stays as it is.

    What the stock had promised is promised anew, and coupons are used anew. Raises `Forbidden`, and `OutOfStock` or
    `CouponRefused`, with nothing changed, where somebody else was quicker.
    """
    require_order(principal, order)
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state != "cancelled":
            return locked
        last = OrderStep.objects.filter(order=locked, after="cancelled").order_by("-at", "-id").first()
        before, since = last.before if last else "draft", locked.confirmed_at
        reopen_order(principal, locked)
        if before != "draft":
            confirm_order(principal, locked, short="wait" if last and last.data.get("waits") else "refuse")
        locked = locked_order(order)
        if before != "draft":
            locked.confirmed_at = since  # whoever waits for goods keeps his place
        if before == "prepared":
            go(principal, locked, "prepared")
        keep(principal, locked, "restore", {"state": ("cancelled", before)})
    return locked
