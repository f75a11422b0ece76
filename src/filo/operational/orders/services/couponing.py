"""Coupons of an order are used when it is confirmed, once each."""

from __future__ import annotations

from collections.abc import Sequence

from filo.operational.orders.models import Order, OrderLine
from filo.operational.prices.queries.coupons import coupons_named
from filo.operational.prices.services.coupons import use_coupon


def use_coupons(locked: Order, lines: Sequence[OrderLine]) -> None:
    """Coupons that take something off are used now, once each. Raises `CouponRefused`."""
    told = [reason for line in lines for reason in line.reasons if reason.get("kind") == "coupon" and line.off]
    codes = {code for reason in told for code in str(reason.get("code", "")).split()}
    for coupon in sorted(coupons_named(tuple(codes)).values(), key=lambda one: one.pk):
        use_coupon(coupon.pk, locked.party_id, "order", locked.id)
