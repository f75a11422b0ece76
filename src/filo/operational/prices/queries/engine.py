"""The one engine that says what something costs and why, for a whole basket at once.

1. **The list.** Of the lists that are for the situation and have a rule for the line wins the most special, then the
   one with the higher priority, then the one in the currency asked for, then the cheapest (`choosing`); without a list
   the base price of the variant.
2. **The rule** within it: the most special that the quantity reaches, the highest tier of it. A percentage is off the
   base price, a markup on the cost.
3. **Currency and VAT.** What is told in another currency is reckoned by the rate of the day or the latest before it;
   without one it is refused. Prices with VAT and without are turned into what the answer holds.
4. **Discounts** that hold by themselves come one upon the other (10+5), or one alone where that takes off more.
5. **By hand.** A price or discount that was set by hand stands in place of all of the above.
6. **Coupons** take something off the whole, shared out over the lines in whole cents (`off`).

Lines do not see each other but for the total from which some discounts hold: their order does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from filo.foundation.amounts import number_words
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Variant
from filo.operational.prices.asking import CouponSaid, Priced, PricedLine, Reason, Situation, Wanted
from filo.operational.prices.choosing import choose, unit_price
from filo.operational.prices.exchange import EURO, NoRate, Rates
from filo.operational.prices.facts import Choice
from filo.operational.prices.models import PriceList
from filo.operational.prices.queries.coupons import coupons_named, currencies_of, promised_to, take_off
from filo.operational.prices.queries.lines import Found, priced_line
from filo.operational.prices.queries.shelf import Shelf, rates_on, read_shelf
from filo.operational.prices.sums import read_discounts, totals_of

MOST_QUANTITY, SMALLEST_QUANTITY = Decimal("99999999999.999"), Decimal("0.001")  # what the REST API takes


def price(situation: Situation, wanted: Sequence[Wanted]) -> Priced:
    """What a basket costs. Raises `InvalidFields` (by `lines.N`, with a sentence each) for what cannot be priced, and
    `NoRate` where a rate of exchange is lacking.
    """
    shelf = read_shelf(situation, {one.variant_id for one in wanted})
    _look_through(situation, wanted, shelf)
    coupons = coupons_named(situation.coupons)
    promised = promised_to(situation.used_for, coupons)
    currencies = {situation.currency, *(one.currency for one in shelf.lists)}
    currencies |= {one.currency for one in shelf.goods.values()} | (currencies_of(coupons) if coupons else set())
    rates = rates_on(situation.day, currencies if currencies != {situation.currency} or shelf.discounts else ())
    choices = [_chosen(one, shelf, rates, situation) for one in wanted]
    _all_priced(wanted, choices, shelf)
    gross = situation.gross if situation.gross is not None else _all_gross(choices)
    found = [
        Found(
            one, shelf.variants[one.variant_id], choice, _asked_for(one, choice, shelf, rates, situation, gross=gross)
        )
        for one, choice in zip(wanted, choices, strict=True)
    ]
    total = _in_euro(sum((one.wanted.quantity * one.unit_price for one in found), ZERO), situation, rates)
    lines = [priced_line(one, shelf, rates, situation, total) for one in found]
    said, offs = take_off(situation, [line.amount for line in lines], rates, coupons, promised)
    lines = [_less(line, off, said) if off else line for line, off in zip(lines, offs, strict=True)]
    totals = totals_of(lines, gross=gross, currency=situation.currency)
    return Priced(situation.currency, gross, lines, totals, said)


def _look_through(situation: Situation, wanted: Sequence[Wanted], shelf: Shelf) -> None:
    problems: dict[str, Sentence | list[Sentence]] = {}
    for place, one in enumerate(wanted):
        if said := _problem(one, shelf.variants.get(one.variant_id)):
            problems[f"lines.{place}"] = said
    if situation.list_id is not None:
        found = PriceList.objects.filter(pk=situation.list_id).first()
        if found is None:
            problems["list"] = _("This price list does not exist.")
        elif not found.active:
            problems["list"] = _("The price list %(name)s is not in use.") % {"name": found.name}
    if problems:
        raise InvalidFields(problems)


def _problem(one: Wanted, variant: Variant | None) -> str:
    if variant is None:
        return _("This article does not exist.")
    if not variant.active or variant.product.status == "retired" or variant.product.deleted_at is not None:
        return _("%(sku)s is no longer sold.") % {"sku": variant.sku}
    if not one.quantity.is_finite() or one.quantity <= 0:
        return _("Say how many of %(sku)s: a quantity greater than zero.") % {"sku": variant.sku}
    if one.quantity > MOST_QUANTITY:
        return _("The most that can be asked of %(sku)s is %(most)s.") % {
            "sku": variant.sku,
            "most": number_words(MOST_QUANTITY),
        }
    if one.quantity != one.quantity.quantize(SMALLEST_QUANTITY):
        return _("A quantity has at most three decimals.")
    if one.unit_price is not None and not (one.unit_price.is_finite() and one.unit_price >= 0):
        return _("The price of %(sku)s cannot be less than nothing.") % {"sku": variant.sku}
    try:
        read_discounts(one.discounts or "")
    except ValueError:
        return _("Write discounts as 10 or 10+5, each between 0 and 100.")
    return ""


def _chosen(one: Wanted, shelf: Shelf, rates: Rates, situation: Situation) -> Choice:
    return choose(shelf.goods[one.variant_id], one.quantity, shelf.lists, shelf.rules, rates, situation.currency)


def _all_priced(wanted: Sequence[Wanted], choices: Sequence[Choice], shelf: Shelf) -> None:
    sentence = _("%(sku)s has no price yet: say one, or put it on a price list.")
    pairs = enumerate(zip(wanted, choices, strict=True))
    lacking = {place: one for place, (one, choice) in pairs if one.unit_price is None and choice.exact is None}
    if lacking:
        skus = {place: shelf.variants[one.variant_id].sku for place, one in lacking.items()}
        raise InvalidFields({f"lines.{place}": sentence % {"sku": sku} for place, sku in skus.items()})


def _all_gross(choices: Sequence[Choice]) -> bool:
    """The answer's prices hold VAT if all lists that won say so."""
    return bool(choices) and all(one.exact is not None and one.exact.gross for one in choices)


def _asked_for(
    one: Wanted, choice: Choice, shelf: Shelf, rates: Rates, situation: Situation, *, gross: bool
) -> Decimal:
    if one.unit_price is not None:
        return one.unit_price
    if choice.exact is None:
        return ZERO  # refused by `_all_priced` before anybody sees it
    return unit_price(choice.exact, situation.currency, shelf.goods[one.variant_id].vat_rate, rates, gross=gross)


def _in_euro(total: Decimal, situation: Situation, rates: Rates) -> Decimal | None:
    try:
        return rates.told_in(total, situation.currency, EURO)
    except NoRate:
        return None


def _less(line: PricedLine, off: Decimal, said: Sequence[CouponSaid]) -> PricedLine:
    """A line with what coupons take off it; their codes are parted by spaces, so that none has one in it."""
    codes = " ".join("".join(one.code.split()) for one in said if one.off)
    reasons = (*line.reasons, Reason("coupon", codes, "", {"amount": f"{off:f}"}))
    return replace(line, off=off, amount=line.amount - off, reasons=reasons)
