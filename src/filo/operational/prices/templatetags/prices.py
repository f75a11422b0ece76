"""Prices, percentages and reasons as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words, number_words
from filo.operational.prices.models import PriceRule
from filo.operational.prices.models.scoped import Scoped
from filo.operational.prices.queries.cells import Cell
from filo.operational.prices.reasons import Said, in_words
from filo.operational.prices.typed import cell_words

register = template.Library()


@register.filter
def as_money(value: Decimal | None, currency: str = "EUR") -> str:
    """€ 12,50."""
    return "" if value is None else money_words(value, currency)


@register.filter
def plain_number(value: Decimal | None) -> str:
    """2,5."""
    return "" if value is None else number_words(value)


@register.filter
def said(reason: Any) -> Said:
    """A reason in words."""
    return in_words(reason)


@register.filter
def product_address(product_id: UUID) -> str:
    """The page of a product."""
    return f"/products/{product_id}"


@register.filter
def rule_words(rule: PriceRule, currency: str) -> str:
    """€ 12,50; -10%; +20%."""
    return money_words(rule.value, currency) if rule.means == "price" else cell_words(rule.means, rule.value)


@register.simple_tag
def typed_cell(typed: Mapping[str, str] | None, cell: Cell) -> str:
    """What stands in a cell: what was typed and refused, else what the list says."""
    return (typed or {}).get(cell.name, cell.text)


@register.filter
def for_whom(found: Scoped) -> str:
    """For whom, where and when something holds, in a few words."""
    parts = [str(part) for part in (found.party and found.party.display_name, found.customer_class) if part]
    parts += [str(part) for part in (found.company, found.channel, found.area) if part]
    return " · ".join(parts) or _("everybody")
