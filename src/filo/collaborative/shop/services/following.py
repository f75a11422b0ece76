"""A cart follows its owner: a browser that is recognised brings its cart along, one that was another's keeps it.

Only an open cart of nobody becomes somebody's; the carts of two customers never meet.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.collaborative.shop.models import Cart, CartLine, Shop
from filo.collaborative.shop.models.cart import OPEN
from filo.collaborative.shop.queries.shelves import known_in
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock
from filo.foundation.errors import Stale
from filo.foundation.push.services import publish

TRIES = 3


def follow(visitor: Visitor) -> None:
    """What the browser put together before it was recognised is its customer's from now on; twice changes nothing."""
    if known_in(visitor) is not None:
        with transaction.atomic():
            locked_carts(visitor)


def unfollow(visitor_id: UUID, party_id: UUID) -> None:
    """It was not his: what that browser put in stays with it, and nothing else does."""
    with transaction.atomic():
        rows = Cart.objects.select_for_update().filter(OPEN, visitor=visitor_id).order_by("pk")
        _hand_over(list(rows), visitor_id, party_id, None)


def locked_carts(visitor: Visitor) -> list[Cart]:
    """All open carts that are his, locked until the transaction ends; what his browser put together before it was
    recognised is his now. All at once and in the order of their ids, so that two of his devices never wait for each
    other in a circle.
    """
    party = known_in(visitor)
    mine = Q(visitor=visitor.pk, party=None)
    wanted = mine | Q(party=party.pk) if party else mine
    rows = list(Cart.objects.select_for_update().filter(OPEN, wanted).order_by("pk"))
    return _hand_over(rows, visitor.pk, None, party.pk) if party else rows


def own_cart(visitor: Visitor, shop: Shop) -> tuple[Cart, list[Cart]]:
    """The cart that this browser writes into, made where there is none, and all carts that are his; locked."""
    party = known_in(visitor)
    for _again in range(TRIES):  # one that is ordered at this very moment makes it one try more
        carts = locked_carts(visitor)
        if found := next((cart for cart in carts if cart.visitor_id == visitor.pk), None):
            return found, carts
        moment = clock.now()
        new = Cart(visitor=visitor, party=party, company_id=shop.company_id, created_at=moment, changed_at=moment)
        Cart.objects.bulk_create([new], ignore_conflicts=True)
    raise Stale({}, version=0)


def touch(cart: Cart) -> None:
    """It was changed just now."""
    cart.changed_at, cart.version = clock.now(), cart.version + 1
    cart.save(update_fields=["changed_at", "version", "coupons"])
    if cart.visitor_id is not None:
        publish(f"visit:{cart.visitor_id}", "cart")


def _hand_over(rows: list[Cart], visitor_id: UUID, before: UUID | None, after: UUID | None) -> list[Cart]:
    """The browser's cart of `before` becomes one of `after`; gives the locked carts that are left."""
    own = {cart.party_id: cart for cart in rows if cart.visitor_id == visitor_id}
    cart, there = own.get(before), own.get(after)
    if cart is None:
        return rows
    if there is None:
        cart.party_id = after
        cart.save(update_fields=["party"])
        return rows
    _pour(cart, there)
    return [one for one in rows if one is not cart]


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
