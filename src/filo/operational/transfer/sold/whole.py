"""What an order of a shop has beside its lines: shipping, fees, discount and taxes of the whole, and its total.

The rules: shipping, fees, and taxes that come on top of the prices become lines; a discount is shared out over the
lines to the cent, as coupons are here. Whether discount and taxes are in the prices already is what the total of the
file proves: of all readings the one counts that comes nearest to it, and what prices lost by being rounded is shared
out with the discount. Goods that came back are left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filo.foundation.amounts import money_words
from filo.foundation.money import ZERO, cents, share_out, smallest
from filo.operational.past.drafts import PastLineDraft
from filo.operational.transfer.sold.worth import discount_of

SHIPPING, FEE, DISCOUNT, TAX, TOTAL = "order_shipping", "order_fee", "order_discount", "order_tax", "order_total"
# What each piece may lose by being rounded, and the most that an order may, in the smallest coin.
_HALF, _MOST_LOST = Decimal("0.5"), Decimal(100)


def whole_order(
    lines: Sequence[PastLineDraft], said: Mapping[str, Decimal], currency: str
) -> tuple[list[PastLineDraft], str]:
    """All lines of an order, so that they come to what its buyer paid, and a sentence where the total of the file
    says otherwise. said: of the whole order, by the names of its fields.
    """
    goods = _sum(lines)
    if not said or goods < 0:
        return list(lines), ""
    shipping, fee = said.get(SHIPPING, ZERO), said.get(FEE, ZERO)
    more = [_line(pgettext("of an order", "Shipping"), shipping, currency)]
    more += [_line(pgettext("of an order", "Fees"), fee, currency)]
    off = -min(shipping, ZERO) - min(fee, ZERO)  # shops write what they let go as a fee below zero
    before = goods + _sum(more) - off
    total, ways = said.get(TOTAL), _ways(lines, said, before, currency)
    discount, tax = ways[0] if total is None else min(ways, key=lambda way: abs(before - way[0] + way[1] - total))
    lost = before - discount + tax - total if total is not None else ZERO
    pieces = sum((max(abs(line.quantity), Decimal(1)) for line in lines), ZERO)
    rounded = min(pieces * _HALF, _MOST_LOST) * smallest(currency)
    is_near = abs(lost) <= rounded
    if not is_near:
        discount, tax, lost = *ways[0], ZERO
    more.append(_line(pgettext("of an order", "Taxes"), tax, currency))
    found = [line for line in more if line.amount]
    all_lines = _less(lines, found, discount + off + lost, currency, is_discount=bool(discount + off))
    return all_lines, "" if is_near or total is None else _disagreeing(total, _sum(all_lines), currency)


def _ways(
    lines: Sequence[PastLineDraft], said: Mapping[str, Decimal], before: Decimal, currency: str
) -> list[tuple[Decimal, Decimal]]:
    """(discount, taxes) that may be in no line yet, the usual first. A program may count the discounts that lines say
    to that of the order.
    """
    discount, tax = abs(said.get(DISCOUNT, ZERO)), max(said.get(TAX, ZERO), ZERO)
    of_lines = sum((line.quantity * line.unit_price - line.amount for line in lines if line.discount), ZERO)
    rest = cents(max(discount - of_lines, ZERO), currency) if of_lines else discount
    offs = [off for off in (rest, discount, ZERO) if off <= before]
    return [(off, on_top) for on_top in (ZERO, tax) for off in offs]


def _less(
    lines: Sequence[PastLineDraft], more: Sequence[PastLineDraft], less: Decimal, currency: str, *, is_discount: bool
) -> list[PastLineDraft]:
    """The lines with their share taken off; what is more than the goods comes to goes off the rest too."""
    all_lines = [*lines, *more]
    bearing = all_lines if less > _sum(lines) else lines
    weights = [max(line.amount, ZERO) for line in bearing]
    shares = [*share_out(less, weights, currency), *[ZERO] * len(more)]
    return [_reduced(line, off, is_discount) if off else line for line, off in zip(all_lines, shares, strict=False)]


def _reduced(line: PastLineDraft, off: Decimal, is_discount: bool) -> PastLineDraft:
    amount = line.amount - off
    whole = line.quantity * line.unit_price
    return replace(line, amount=amount, discount=discount_of(amount, whole) if is_discount else line.discount)


def _line(name: str, amount: Decimal, currency: str) -> PastLineDraft:
    price = cents(max(amount, ZERO), currency)
    return PastLineDraft(quantity=Decimal(1), unit_price=price, amount=price, description=name)


def _sum(lines: Sequence[PastLineDraft]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def _disagreeing(total: Decimal, found: Decimal, currency: str) -> str:
    return _(
        "The file says that this order comes to %(total)s, but its lines, shipping and discounts come to "
        "%(found)s: it came in as these say."
    ) % {"total": money_words(total, currency), "found": money_words(found, currency)}
