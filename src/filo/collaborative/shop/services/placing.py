"""The order of a basket: its lines at the prices that were shown, and what is said where goods are short."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from filo.collaborative.shop.facts import CheckoutFacts
from filo.collaborative.shop.models import Shop
from filo.collaborative.shop.queries.buying import CARD, TRANSFER, Shipping
from filo.collaborative.shop.queries.carts import PricedBasket
from filo.foundation.access.principal import system
from filo.foundation.errors import DomainError
from filo.operational.catalogue.services.stock import OutOfStock
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order
from filo.operational.orders.services import draft_order, write_lines
from filo.operational.parties.models import Party

SHOP = system("shop")
SHIPPING_CODE = "SPEDIZIONE"


def key_of(key: UUID) -> str:
    """By what an order knows the purchase that made it."""
    return f"shop:{key}"


def draft_of_basket(
    shop: Shop, party: Party, basket: PricedBasket, shipping: Shipping | None, clean: CheckoutFacts
) -> Order:
    """The draft at the prices that were shown. Where the engine would ask another of this customer, who was not
    recognised when he looked, he pays what he was told and learns nothing of his own conditions.
    """
    lines = [LineDraft(variant_id=line.variant.pk, quantity=Decimal(line.quantity)) for line in basket.lines]
    more = [_shipping_line(shipping)] if shipping else []
    address = clean.address_lines
    facts = {
        "source": "shop",
        "gross": True,
        "language": clean.language,
        "coupons": [one.code for one in basket.coupons if one.off],
        "mail_to": clean.email,
        "bill_to": address,
        "ship_to": [*address, clean.phone] if clean.phone else address,
        "notes": clean.notes,
        "payment_terms": {CARD: _("By card"), TRANSFER: _("By bank transfer, in advance")}.get(clean.pay, ""),
    }
    order = draft_order(
        SHOP,
        party=party,
        company=shop.company,
        lines=[*lines, *more],
        facts=facts,
        channel_id=shop.channel_id,
        key=key_of(clean.key),
    )
    total = basket.total + (shipping.price if shipping else 0)
    if order.total != total:
        told = {line.variant.pk: line.priced for line in basket.lines if line.priced}
        fixed = [
            replace(line, unit_price=told[line.variant_id].unit_price, discounts=told[line.variant_id].discounts)
            for line in lines
            if line.variant_id
        ]
        order = write_lines(SHOP, order, [*fixed, *more])
    if order.total != total:
        raise DomainError(_("A coupon in your cart cannot be used for this order: take it off."), code="coupon-refused")
    return order


def short_words(short: OutOfStock, basket: PricedBasket) -> str:
    """What lacks, by the names that the buyer knows."""
    names = {line.variant.pk: f"{line.name}, {line.told}".rstrip(", ") for line in basket.lines}
    sold_out = [names.get(lack.variant_id, lack.sku) for lack in short.lacks if lack.free <= 0]
    if sold_out:
        said = _("%(names)s: somebody was quicker, none is left. Your cart is as it was: take it out and go on.")
        return said % {"names": "; ".join(sold_out)}
    said = _("%(names)s: so many are not left. Your cart is as it was: order fewer.")
    few = [f"{names.get(lack.variant_id, lack.sku)} ({lack.free.normalize():f})" for lack in short.lacks]
    return said % {"names": "; ".join(few)}


def _shipping_line(shipping: Shipping) -> LineDraft:
    vat = shipping.way.vat
    return LineDraft(
        code=SHIPPING_CODE,
        description=shipping.name,
        unit_price=shipping.price,
        vat_rate=vat.rate,
        nature=vat.nature,
    )
