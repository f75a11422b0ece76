"""Carts that nobody came back to are taken away."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from filo.collaborative.shop.models import Cart
from filo.foundation import clock

KEPT = timedelta(days=90)


def forget_carts() -> int:
    """Those that were not changed for ninety days, ordered or not, and those of browsers that are forgotten and of
    nobody; gives how many. An ordered one says nothing that its order does not.
    """
    old = Cart.objects.filter(Q(changed_at__lt=clock.now() - KEPT) | Q(visitor=None, party=None))
    _all, by_model = old.delete()
    return by_model.get("shop.Cart", 0)
