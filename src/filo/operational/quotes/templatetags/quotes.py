"""Rows of the list of quotes, badges, sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from filo.foundation.amounts import money_words, number_words, percent_words, price_words
from filo.foundation.lists.columns import Column
from filo.foundation.lists.rows import RowStyle, list_rows
from filo.operational.catalogue.natures import vat_name
from filo.operational.prices.reasons import Said, in_words
from filo.operational.quotes.badges import state_badge, until_badge
from filo.operational.quotes.models import Quote, QuoteLine
from filo.operational.quotes.queries.listing import Row

register = template.Library()


@register.simple_tag
def quote_rows(rows: Iterable[Row], columns: Sequence[Column]) -> SafeString:
    """The rows of a table of quotes."""
    return list_rows(rows, columns, _ROWS)


_ROWS = RowStyle(lambda row: row.quote.id)


@register.filter
def quote_state(quote: Quote) -> SafeString:
    """The state as a badge."""
    return state_badge(quote)


@register.filter
def holds_until(quote: Quote) -> SafeString | str:
    """The last day, marked when it is near."""
    return until_badge(quote)


@register.filter
def amount(value: Decimal | None, currency: str = "EUR") -> str:
    """1.250,50 €."""
    return "" if value is None else money_words(value, currency)


@register.filter
def unit_price(value: Decimal | None, currency: str = "EUR") -> str:
    """1.250,50."""
    return "" if value is None else price_words(value, currency)


@register.filter
def number(value: Decimal | None) -> str:
    """A quantity."""
    return "" if value is None else number_words(value)


@register.filter
def percent(value: Decimal | None) -> str:
    """22 %."""
    return "" if value is None else percent_words(value)


@register.filter
def vat_words(nature: str, rate: Decimal | None) -> str:
    """22 %, or why there is none: N1 excluded (art. 15)."""
    return vat_name(rate, nature) if rate is not None else nature


@register.filter
def reasons_of(line: QuoteLine) -> list[Said]:
    """Why its price is what it is."""
    return [in_words(reason) for reason in line.reasons]
