"""A cart follows its owner: a browser that is recognised brings its cart along, one that was another's keeps it.

Only an open cart of nobody becomes somebody's; the carts of two customers never meet.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from filo.collaborative.shop.models import Cart, CartLine, Shop
from filo.collaborative.shop.models.cart import OPEN
from filo.collaborative.shop.queries.shelves import known_in
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock

TRIES = 3


def follow(visitor: Visitor) -> None:
    """What the browser put together before it was recognised is its customer's from now on; twice changes nothing."""
    party = known_in(visitor)
    if party is not None:
        _hand_over(visitor.pk, None, party.pk)


def unfollow(visitor_id: UUID, party_id: UUID) -> None:
    """It was not his: what that browser put in stays with it, and nothing else does."""
    _hand_over(visitor_id, party_id, None)


def own_cart(visitor: Visitor, shop: Shop) -> Cart:
    """The cart that this browser writes into, with its row locked until the transaction ends; made where there is
    none.
    """
    follow(visitor)
    party = known_in(visitor)
    mine = Cart.objects.filter(OPEN, visitor=visitor.pk, party=party.pk if party else None)
    for _again in range(TRIES):  # one that is ordered at this very moment makes it one try more
        if found := mine.select_for_update().first():
            return found
        moment = clock.now()
        new = Cart(visitor=visitor, party=party, company_id=shop.company_id, created_at=moment, changed_at=moment)
        Cart.objects.bulk_create([new], ignore_conflicts=True)
    return mine.select_for_update().get()


def touch(cart: Cart) -> None:
    """It was changed just now."""
    cart.changed_at, cart.version = clock.now(), cart.version + 1
    cart.save(update_fields=["changed_at", "version", "coupons"])


def _hand_over(visitor_id: UUID, before: UUID | None, after: UUID | None) -> None:
    with transaction.atomic():
        rows = Cart.objects.select_for_update().filter(OPEN, visitor=visitor_id).order_by("pk")
        carts = {cart.party_id: cart for cart in rows}
        if before not in carts:
            return
        cart, there = carts[before], carts.get(after)
        if there is None:
            cart.party_id = after
            cart.save(update_fields=["party"])
            return
        _pour(cart, there)


def _pour(cart: Cart, into: Cart) -> None:
    """Two carts of one browser become one: quantities are added up."""
    known = {line.variant_id: line for line in CartLine.objects.filter(cart=into)}
    for line in CartLine.objects.filter(cart=cart):
        mine = known.get(line.variant_id)
        if mine is None:
            line.cart = into
            line.save(update_fields=["cart"])
        else:
            mine.quantity += line.quantity
            mine.save(update_fields=["quantity"])
    into.coupons = list(dict.fromkeys([*into.coupons, *cart.coupons]))
    touch(into)
    cart.delete()
