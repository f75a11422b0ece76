"""Discounts and coupons as one sees them, and how they stand: in use, not yet, over, used up, taken out of use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.prices.models import Coupon, Discount

STATES = ("active", "upcoming", "expired", "used-up", "paused")


def coupons_seen(principal: Principal, text: str = "", *, series: str = "") -> QuerySet[Coupon]:
    """The coupons one may see, by a part of code, name or series."""
    rows = Coupon.objects.visible_to(principal).for_list()
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(series__icontains=text))
    return rows.filter(series=series) if series else rows


def seen_coupon(principal: Principal, coupon_id: UUID) -> Coupon:
    """A coupon one may see. Raises `NotFound`."""
    found = coupons_seen(principal).filter(pk=coupon_id).first()
    if found is None:
        raise NotFound
    return found


def discounts_seen(principal: Principal, text: str = "") -> QuerySet[Discount]:
    """The discounts one may see, by a part of name or code."""
    rows = Discount.objects.visible_to(principal).for_list().select_related("product", "line")
    return rows.filter(Q(name__icontains=text) | Q(code__icontains=text)) if text else rows


def seen_discount(principal: Principal, discount_id: UUID) -> Discount:
    """A discount one may see. Raises `NotFound`."""
    found = discounts_seen(principal).filter(pk=discount_id).first()
    if found is None:
        raise NotFound
    return found


def state_of(found: Any, day: date) -> str:
    """How a coupon or a discount stands on a day: one of `STATES`."""
    if not found.active:
        return "paused"
    if found.valid_to is not None and found.valid_to < day:
        return "expired"
    if getattr(found, "limit", None) is not None and found.used >= found.limit:
        return "used-up"
    return "upcoming" if found.valid_from is not None and found.valid_from > day else "active"


def standing(states: Collection[str], day: date, *, counted: bool) -> Q:
    """The rows that stand like that on a day, as `state_of` says it; `counted`: they can be used up."""
    none = Q(pk__in=())
    spent = Q(limit__isnull=False, used__gte=F("limit")) if counted else none
    over, later = Q(valid_to__isnull=False, valid_to__lt=day), Q(valid_from__isnull=False, valid_from__gt=day)
    lasting = Q(active=True) & ~over
    found = {
        "paused": Q(active=False),
        "expired": Q(active=True) & over,
        "used-up": lasting & spent,
        "upcoming": lasting & ~spent & later,
        "active": lasting & ~spent & ~later,
    }
    wanted = none
    for state in states:
        wanted |= found[state]
    return wanted
