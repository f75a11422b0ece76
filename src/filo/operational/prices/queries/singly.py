"""What one of each costs by itself, for lists of things to buy: no basket, no coupons, what has no price left out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from filo.operational.catalogue.models import Variant
from filo.operational.prices.asking import PricedLine, Situation, Wanted
from filo.operational.prices.choosing import choose, unit_price
from filo.operational.prices.exchange import EURO, NoRate, Rates
from filo.operational.prices.queries.lines import Found, priced_line
from filo.operational.prices.queries.shelf import Shelf, rates_on, read_shelf

ONE = Decimal(1)


def price_singly(situation: Situation, variants: Iterable[UUID]) -> dict[UUID, PricedLine]:
    """One of each as the engine would price it alone in a basket, in as many queries as one; `gross` has to be said.

    What is no longer sold, or has no price in the currency asked for, is not there. Discounts that hold from some total
    on look at what the one costs, not at what all of them do.
    """
    shelf = read_shelf(situation, set(variants))
    currencies = {situation.currency, *(one.currency for one in shelf.lists)}
    currencies |= {one.currency for one in shelf.goods.values()} | {EURO}
    rates = rates_on(situation.day, currencies if currencies != {situation.currency} else ())
    lines = (_alone(variant, shelf, rates, situation) for variant in shelf.variants.values())
    return {line.variant_id: line for line in lines if line is not None}


def _alone(variant: Variant, shelf: Shelf, rates: Rates, situation: Situation) -> PricedLine | None:
    product, goods = variant.product, shelf.goods[variant.pk]
    if not variant.active or product.status == "retired" or product.deleted_at is not None:
        return None
    try:
        choice = choose(goods, ONE, shelf.lists, shelf.rules, rates, situation.currency)
        if choice.exact is None:
            return None
        price = unit_price(choice.exact, situation.currency, goods.vat_rate, rates, gross=bool(situation.gross))
        total = rates.told_in(price, situation.currency, EURO)
    except NoRate:
        return None
    return priced_line(Found(Wanted(variant.pk, ONE), variant, choice, price), shelf, rates, situation, total)
