"""Rows of the list of products, badges, sums and quantities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words, number_words
from filo.foundation.lists.columns import Column
from filo.foundation.lists.rows import RowStyle, list_rows
from filo.operational.catalogue.columns import condition_badge, status_badge
from filo.operational.catalogue.models import Catalogue, Product, Variant
from filo.operational.catalogue.queries.listing import Row
from filo.operational.catalogue.queries.wordings import (
    catalogue_name,
    catalogue_words,
    category_name,
    category_words,
)

register = template.Library()


@register.simple_tag
def product_rows(rows: Iterable[Row], columns: Sequence[Column], chooses: object = None) -> SafeString:
    """The rows of a table of products."""
    return list_rows(rows, columns, _CHOSEN if chooses else _ROWS)


_ROWS = RowStyle(lambda row: row.product.id)
_CHOSEN = replace(_ROWS, choose=lambda row: _("Choose %(name)s") % {"name": row.product})


@register.filter
def product_status(product: Product) -> SafeString:
    """The status as a badge."""
    return status_badge(product)


@register.filter
def product_condition(product: Product) -> SafeString | str:
    """The condition as a badge, where it is not simply new."""
    return condition_badge(product)


@register.filter
def called(catalogue: Catalogue) -> str:
    """What a catalogue is called in the reader's language."""
    return catalogue_name(catalogue)


@register.filter
def described(catalogue: Catalogue) -> str:
    """What is said about a catalogue in the reader's language."""
    return catalogue_words(catalogue)


@register.filter
def category(name: str) -> str:
    """What a category is called in the reader's language."""
    return category_name(name)


@register.filter
def category_said(name: str) -> str:
    """What is said about a category in the reader's language."""
    return category_words(name)


@register.filter
def amount(value: Decimal | None, currency: str = "EUR") -> str:
    """€ 12,50."""
    return money_words(value, currency)


@register.filter
def quantity(value: Decimal | None) -> str:
    """3; 2,5."""
    return "" if value is None else number_words(value)


@register.filter
def signed(value: Decimal) -> str:
    """+3; −2."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number_words(abs(value))}"


@register.filter
def percent(value: Decimal | None) -> str:
    """41,5 %."""
    return "" if value is None else f"{number_format(value, 1)} %"


@register.filter
def free_badge(variant: Variant) -> SafeString | str:
    """How many are free of a variant with `there` and `promised`; in colour where that is few."""
    free = variant.there - variant.promised  # type: ignore[attr-defined]
    low = variant.product.low_at
    mean = "bad" if free <= 0 else "warn" if low is not None and free <= low else ""
    return (
        format_html('<span class="badge" data-mean="{}">{}</span>', mean, number_words(free))
        if mean
        else number_words(free)
    )
