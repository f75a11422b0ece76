"""A cart becomes an order: once for each purchase, at the prices that were shown, of goods that are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from filo.collaborative.shop.facts import CheckoutFacts, clean_checkout
from filo.collaborative.shop.models import Cart, Shop
from filo.collaborative.shop.queries.buying import AGREED, Shipping, payments_of, shippings_for
from filo.collaborative.shop.queries.carts import PricedBasket, cart_of, priced_basket
from filo.collaborative.shop.services.buyers import buyer_of
from filo.collaborative.shop.services.carts import open_shop
from filo.collaborative.shop.services.following import locked_carts
from filo.collaborative.shop.services.paying import owe_order, pay_address, thanks_address
from filo.collaborative.shop.services.placing import SHOP, draft_of_basket, key_of, short_words
from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.services import recognise
from filo.foundation import clock
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.catalogue.services.stock import OutOfStock
from filo.operational.orders.models import Order
from filo.operational.orders.services import confirm_order


@dataclass(frozen=True)
class Placed:
    """What became of a purchase: the order, and where the buyer goes on: to the provider's page for a card, else to
    the page that thanks him and says how to pay.
    """

    order: Order
    pay_address: str


def checkout(visitor: Visitor, facts: CheckoutFacts) -> Placed:
    """Order what lies in his cart; said twice with the same key it is one order.

    A card is begun with its provider after all is committed, so this must not be called within a transaction. Raises
    `InvalidFields` by the names of the facts, and `DomainError` with the cart as it was: `shop-closed`, `cart-empty`,
    `out-of-stock`, `price-changed`, `not-sold`, `coupon-refused`.
    """
    if known := order_with(facts.key):
        return Placed(known, thanks_address(known))
    clean = clean_checkout(facts)
    with translation.override(clean.language):
        shop = open_shop()
        with transaction.atomic():
            carts = locked_carts(visitor)
            if known := order_with(clean.key):  # the second press waited for the first one's cart
                return Placed(known, thanks_address(known))
            order = _ordered(shop, visitor, carts, clean)
            due = owe_order(SHOP, order, by_card=clean.pay == "card")
        return Placed(order, pay_address(order, due, clean.pay, clean.language))


def order_with(key: UUID) -> Order | None:
    """The order that this purchase made before."""
    return Order.objects.for_list().filter(idempotency_key=key_of(key)).first()


def _ordered(shop: Shop, visitor: Visitor, carts: Sequence[Cart], clean: CheckoutFacts) -> Order:
    basket = priced_basket(shop, visitor, clean.language, cart_of(visitor))
    shipping = _looked_through(shop, basket, clean)
    party = buyer_of(SHOP, shop, visitor, clean)
    order = draft_of_basket(shop, party, basket, shipping, clean)
    try:
        order = confirm_order(SHOP, order, proof=_agreed(shop, clean))
    except OutOfStock as short:
        raise DomainError(short_words(short, basket), code=OutOfStock.code) from short
    moment = clock.now()
    Cart.objects.filter(pk__in=[cart.pk for cart in carts]).update(ordered_at=moment, terms_at=moment, order=order)
    if visitor.party_id in (None, party.pk):  # a browser that was another's stays what it is: two are never joined
        recognise(visitor, party, way="order")
    return order


def _agreed(shop: Shop, clean: CheckoutFacts) -> dict[str, Any]:
    """What he agreed to, for as long as there is the order; the audit of the shop has the words of each version."""
    words = sha256(shop.terms_in(clean.language).encode()).hexdigest()
    return {"terms": {"version": shop.version, "language": clean.language, "sha256": words}}


def _looked_through(shop: Shop, basket: PricedBasket, clean: CheckoutFacts) -> Shipping | None:
    """The way of shipping that was chosen, once all is as the buyer was told. Raises `DomainError`, `InvalidFields`."""
    if not basket.lines:
        raise DomainError(_("Your cart is empty."), code="cart-empty")
    for line in basket.lines:
        if line.gone:
            sentence = _("%(name)s is no longer sold: take it out of the cart.")
            raise DomainError(sentence % {"name": line.name}, code="not-sold")
    ways = shippings_for(shop, basket.total, clean.language)
    found = next((one for one in ways if one.way.pk == clean.shipping_id), None)
    total = found.total if found else basket.total
    if clean.seen is not None and clean.seen != total and (found or not ways):
        told = {"before": money_words(clean.seen), "now": money_words(total)}
        sentence = _("The total has changed from %(before)s to %(now)s. Look at it once more, then order.")
        raise DomainError(sentence % told, code="price-changed")
    if clean.pay not in (set(payments_of(shop.company_id)) or {AGREED}):
        raise InvalidFields({"pay": _("Choose how to pay.")})
    if ways and found is None:
        raise InvalidFields({"shipping_id": _("Choose how it is shipped.")})
    return found
