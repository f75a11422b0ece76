"""Sums and states as pages show them."""

from __future__ import annotations

import re
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words
from filo.operational.payments.models import Due, Payment, ReminderStep
from filo.operational.payments.words import DUE_STATES, MEANS

register = template.Library()
_BADGE = '<span class="badge" data-mean="{}">{}</span>'
_OF_PAYMENTS = {"pending": "info", "succeeded": "good", "failed": "bad", "refunded": "warn"}


@register.filter
def money(amount: Decimal | None, currency: str = "EUR") -> str:
    """1.234,50 €."""
    return "" if amount is None else money_words(amount, currency)


@register.filter
def due_state(due: Due) -> SafeString:
    """The state in a word; of what is late, for how many days."""
    words = str(DUE_STATES[due.state])
    if due.state == "overdue":
        words = days_late(due.days_late)
    return format_html(_BADGE, MEANS[due.state], words)


@register.filter
def payment_state(payment: Payment) -> SafeString:
    """The state in a word."""
    return format_html(_BADGE, _OF_PAYMENTS[payment.state], payment.get_state_display())


@register.filter
def days_late(days: int) -> str:
    """5 days late."""
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


@register.filter
def delay(days: int) -> str:
    """A delay with its sign: +5, -2, to the day 0."""
    return f"{days:+d}" if days else "0"


@register.simple_tag
def typed_share(typed: dict[object, str] | None, due: Due, now: Decimal) -> str:
    """What stands in the field of a due: what was typed, or what is paid of it now."""
    if typed:
        return typed.get(due.pk, "")
    return f"{now:.2f}".replace(".", ",") if now else ""


@register.filter
def step_name(step: ReminderStep) -> str:
    """The subject of a reminder in the reader's language, with a word where the document stands."""
    subject: str = step.subject_it if (get_language() or "it").startswith("it") else step.subject_en
    return re.sub(r"\{\{\s*document\s*\}\}", _("Invoice"), subject)
