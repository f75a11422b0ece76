"""What a line comes to, and the discount in it: percents, shares, cascades, or as its price and its amount show."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from filo.foundation.money import ZERO, cents
from filo.operational.transfer import figures
from filo.operational.transfer.contents import PERCENT

HUNDRED, ONE = Decimal(100), Decimal(1)
HUNDREDTH, MILLIONTH = Decimal("0.01"), Decimal("0.000001")
_NEAR = Decimal("0.02")  # of a sum: what prices and quantities lose by being rounded


class Refused(Exception):
    """A row that is no line of what was sold: in which column it is wrong, and why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def percent(field: str, text: str, way: str) -> Decimal:
    """Percents as a cell says them: 10, 10%, 0.1 where none of the column is above 1, 10+5 one after the other.

    Raises `Refused`.
    """
    left = ONE
    for part in text.split("+"):
        found = figures.number(part.rstrip("% "), is_point="point" in way.split())
        if found is None:
            raise Refused(field, _("“%(text)s” is not a number.") % {"text": text[:60]})
        if PERCENT not in way.split() and "%" not in part and 0 < found < 1:
            found *= HUNDRED
        if not 0 <= found <= HUNDRED:
            raise Refused(field, _("“%(text)s” is not between 0 and 100.") % {"text": text})
        left *= ONE - found / HUNDRED
    return ((ONE - left) * HUNDRED).quantize(HUNDREDTH)


def worth(
    quantity: Decimal, price: Decimal | None, amount: Decimal | None, discount: Decimal, currency: str, *, off: Decimal
) -> tuple[Decimal, Decimal, Decimal]:
    """(amount, price of one, discount %) of a line whose quantity is not zero; price or amount is given. off: what is
    taken off as a sum. A discount that price and amount belie is the one that they show.
    """
    share = (HUNDRED - discount) / HUNDRED
    if amount is None:
        whole = abs(quantity) * (price or ZERO)
        left = max(whole * share - off, ZERO)
        shown = discount_of(left, whole) if off else discount
        return cents(left if quantity > 0 else -left, currency), price or ZERO, shown
    amount = cents(abs(amount) if quantity > 0 else -abs(amount), currency)
    if price is None:
        return amount, (abs(amount / quantity) / (share or ONE)).quantize(MILLIONTH), discount
    whole = abs(quantity) * price
    if (discount or off) and abs(whole * share - abs(amount)) > _NEAR + whole * _NEAR / HUNDRED:
        discount = discount_of(abs(amount), whole)
    return amount, price, discount


def discount_of(amount: Decimal, whole: Decimal) -> Decimal:
    """The discount (percent) that makes the one of the other; none where that cannot be."""
    if not whole or not 0 <= amount <= whole:
        return ZERO
    return ((ONE - amount / whole) * HUNDRED).quantize(HUNDREDTH)
