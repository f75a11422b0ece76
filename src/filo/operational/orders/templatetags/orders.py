"""Badges, sums and numbers of orders."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words, number_words
from filo.operational.orders.models import Order, OrderLine, OrderStep
from filo.operational.orders.states import STATES

register = template.Library()
_MEANS = {"confirmed": "info", "prepared": "info", "part": "warn", "delivered": "good", "cancelled": "bad"}


@register.filter
def order_state(order: Order) -> SafeString:
    """The state as a badge, and whether it is late."""
    late = format_html(' <span class="badge" data-mean="bad">{}</span>', _("late")) if order.is_late else ""
    means = _MEANS.get(order.state, "")
    return format_html('<span class="badge" data-mean="{}">{}</span>{}', means, order.get_state_display(), late)


@register.filter
def amount(value: Decimal | None, currency: str = "EUR") -> str:
    """1.250,50 €."""
    return "" if value is None else money_words(value, currency)


@register.filter
def number(value: Decimal) -> str:
    """A quantity without zeros that say nothing."""
    return number_words(value)


@register.filter
def pieces(line: OrderLine) -> str:
    """How many of what: 2, or 2 m where a unit says more than pieces."""
    return number_words(line.quantity) + (f" {line.unit}" if line.unit not in ("", "pc") else "")


@register.filter
def step_words(step: OrderStep) -> str:
    """What a step of the history was."""
    if step.data.get("returned"):
        return _("Some goods came back")
    return str(dict(STATES).get(step.after, step.after))
