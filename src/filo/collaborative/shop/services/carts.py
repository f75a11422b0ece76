"""Things are put into a cart, changed and taken out of it. Whoever has the cart needs no other right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.collaborative.shop.models import Cart, CartLine, Shop
from filo.collaborative.shop.queries.carts import Chosen, cart_of, sold_to
from filo.collaborative.shop.queries.shelves import the_shop
from filo.collaborative.shop.services.following import locked_carts, own_cart, touch
from filo.collaborative.visitors.models import Visitor
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.folding import clean_line
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.finding import free_of
from filo.operational.catalogue.queries.words import variant_words
from filo.operational.prices.queries.coupons import coupons_named

MOST_EACH, MOST_LINES, MOST_COUPONS, LONGEST_LINK = 999, 100, 5, 300


class ShopClosed(DomainError):
    """There is no shop at the moment."""

    code = "shop-closed"

    def __init__(self) -> None:
        super().__init__(_("The shop is closed at the moment. What is in your cart stays there."))


@dataclass(frozen=True)
class Added:
    """What became of putting something in: how many of it are in the cart now, and a sentence that says so.

    cut: whether they are fewer than he wanted, or cannot be bought now.
    """

    variant: Variant
    quantity: int
    sentence: str
    cut: bool = False


def open_shop() -> Shop:
    """The shop. Raises `ShopClosed`."""
    found = the_shop()
    if found is None:
        raise ShopClosed
    return found


def put_in_cart(visitor: Visitor, variant_id: UUID, quantity: int = 1, *, link: str = "") -> Added:
    """So many more of a variant; of what is short as many as there are, and the answer says it.

    `link`: the code or signed link of the catalogue in which it was found. Raises `NotFound` for what this visitor may
    not see, `DomainError` (`shop-closed`, `out-of-stock`, `cart-full`).
    """
    shop = open_shop()
    variant = _buyable(shop, visitor, variant_id, link)
    return _set(shop, visitor, variant, link, more=max(1, min(quantity, MOST_EACH)))


def set_quantity(visitor: Visitor, variant_id: UUID, quantity: int) -> Added:
    """So many of it in all; 0 takes it out. Raises as `put_in_cart` does."""
    shop = open_shop()
    known = next((one for one in cart_of(visitor).lines if one.variant.pk == variant_id), None)
    if known is None:
        raise NotFound
    if quantity > 0:
        _buyable(shop, visitor, variant_id, known.link)
    return _set(shop, visitor, known.variant, known.link, exactly=max(0, min(quantity, MOST_EACH)))


def name_coupon(visitor: Visitor, code: str) -> str:
    """Keep a code with the cart; whether it holds is said with the prices. Gives the code as it is written.

    Raises `DomainError` for one that there is not.
    """
    shop, code = open_shop(), clean_line(code, max_length=40).upper()
    found = next(iter(coupons_named((code,)).values()), None)
    if found is None or not found.active:
        raise DomainError(_("There is no such coupon. Look whether it is written as it should be."), code="no-coupon")
    with transaction.atomic():
        cart, _all = own_cart(visitor, shop)
        if found.code not in cart.coupons:
            cart.coupons = [*cart.coupons, found.code][-MOST_COUPONS:]
            touch(cart)
    return found.code


def take_coupon_off(visitor: Visitor, code: str) -> None:
    """It is not to be used after all."""
    with transaction.atomic():
        for cart in locked_carts(visitor):
            if code in cart.coupons:
                cart.coupons = [one for one in cart.coupons if one != code]
                touch(cart)


def _buyable(shop: Shop, visitor: Visitor, variant_id: UUID, link: str) -> Variant:
    found = Variant.objects.select_related("product").filter(pk=variant_id).first()
    if found is None or not sold_to(shop, visitor, [Chosen(found, 1, link[:LONGEST_LINK])]):
        raise NotFound
    return found


def _set(
    shop: Shop, visitor: Visitor, variant: Variant, link: str, *, more: int = 0, exactly: int | None = None
) -> Added:
    free = free_of([variant.pk]).get(variant.pk, ZERO) if variant.product.stocked else None
    with transaction.atomic():
        cart, carts = own_cart(visitor, shop)
        lines = {line.cart_id: line for line in CartLine.objects.filter(cart__in=carts, variant=variant)}
        now = sum(line.quantity for line in lines.values())
        wanted = now + more if exactly is None else exactly
        number = _as_many(variant, wanted, free, now)
        if not now and number and CartLine.objects.filter(cart=cart).count() >= MOST_LINES:
            raise DomainError(_("Your cart is full: order it first, then go on."), code="cart-full")
        _write(cart, lines, variant, number, link)
        touch(cart)
    if free is not None and free < number:
        return Added(variant, number, _sold_out(variant), cut=True)
    return Added(variant, number, _said(variant, number, wanted), cut=number < wanted)


def _as_many(variant: Variant, wanted: int, free: Decimal | None, now: int) -> int:
    if free is None or wanted <= free or wanted <= 0:
        return min(wanted, MOST_EACH)
    if free >= 1:
        return int(free)
    if wanted > now:
        raise DomainError(_sold_out(variant), code="out-of-stock")
    return wanted  # nobody loses what he has chosen: the cart marks it until it is back, or he takes it out


def _write(cart: Cart, lines: dict[UUID, CartLine], variant: Variant, number: int, link: str) -> None:
    """Have so many in all: what other browsers of his put in stays where it is as long as it fits."""
    others = [line for pk, line in lines.items() if pk != cart.pk]
    beside = sum(line.quantity for line in others)
    mine = lines.get(cart.pk) or CartLine(cart=cart, variant=variant, quantity=0)
    mine.quantity, mine.link = max(0, number - beside), link[:LONGEST_LINK] or mine.link
    _keep(mine)
    too_many = beside + mine.quantity - number
    for line in others:
        less = min(too_many, line.quantity)
        if less > 0:
            line.quantity -= less
            too_many -= less
            _keep(line)


def _keep(line: CartLine) -> None:
    if line.quantity > 0:
        line.save()
    elif not line._state.adding:
        line.delete()


def _sold_out(variant: Variant) -> str:
    return _("%(name)s is sold out.") % {"name": variant.product}


def _said(variant: Variant, number: int, wanted: int) -> str:
    apart = variant_words(variant)
    told = {"name": f"{variant.product}, {apart}" if apart else str(variant.product), "n": number}
    if number < wanted:
        said = ngettext(
            "There is only %(n)s of %(name)s: it is in the cart.",
            "There are only %(n)s of %(name)s: they are in the cart.",
            number,
        )
        return said % told
    if number == 0:
        return _("%(name)s is out of the cart.") % told
    return ngettext("%(name)s is in the cart.", "%(n)s of %(name)s are in the cart.", number) % told
