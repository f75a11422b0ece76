"""Coupons of an order are used when it is confirmed, once each, and hold for it from then on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from filo.operational.orders.models import Order, OrderLine
from filo.operational.prices.queries.coupons import coupons_named
from filo.operational.prices.services.coupons import use_coupon, use_no_others


def use_coupons(locked: Order, lines: Sequence[OrderLine]) -> None:
    """Coupons that take something off are used now, once each. Raises `CouponRefused`."""
    for coupon_id in sorted(_taking_off(lines)):
        use_coupon(coupon_id, locked.party_id, "order", locked.id)


def use_coupons_anew(locked: Order, lines: Sequence[OrderLine]) -> None:
    """Those that take something off the new lines of a confirmed order stay used or are used now; those that take
    nothing off any more are free again. Raises `CouponRefused`.
    """
    use_no_others(_taking_off(lines), locked.party_id, "order", locked.id)


def _taking_off(lines: Sequence[OrderLine]) -> set[UUID]:
    told = [reason for line in lines for reason in line.reasons if reason.get("kind") == "coupon" and line.off]
    codes = {code for reason in told for code in str(reason.get("code", "")).split()}
    return {one.pk for one in coupons_named(tuple(codes)).values()}
