"""Sums, quantities and rates as they are written in the language of the reader."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from filo.foundation.money import smallest


def amount_words(amount: Decimal, currency: str, *, sign: bool = False) -> str:
    """1.234,50 or 1,234.50; with the currency where `sign`."""
    digits = max(0, -int(smallest(currency).as_tuple().exponent))
    told = number_format(amount, decimal_pos=digits, use_l10n=True, force_grouping=True)
    return f"{told} {'€' if currency == 'EUR' else currency}" if sign else told


def price_words(price: Decimal, currency: str) -> str:
    """The price of one: with the cents of its currency, and more digits only where it has them."""
    digits = max(0, -int(smallest(currency).as_tuple().exponent), -int(price.normalize().as_tuple().exponent))
    return number_format(price, decimal_pos=digits, use_l10n=True, force_grouping=True)


def number_words(quantity: Decimal) -> str:
    """A quantity without zeros that say nothing."""
    digits = max(0, -int(quantity.normalize().as_tuple().exponent))
    return number_format(quantity, decimal_pos=digits, use_l10n=True, force_grouping=True)


def percent_words(rate: Decimal) -> str:
    """22 %."""
    return _("%(rate)s %%") % {"rate": number_words(rate)}
