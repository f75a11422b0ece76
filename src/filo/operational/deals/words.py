"""Sums of money, and how a deal stands, as people say them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation.web.templatetags.web import icon
from filo.operational.deals.models import Deal

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF", "JPY": "¥"}
MEANS = {"open": "info", "won": "good", "lost": ""}
_BADGE = '<span class="badge" data-mean="{}">{}{}</span>'


def money_words(amount: Decimal | None, currency: str = "EUR") -> str:
    """1.250,50 €; whole sums without cents. A narrow space that does not break stands before the sign."""
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    shown = formats.number_format(amount, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
    return f"{shown} {SIGNS.get(currency, currency)}"


def short_money(amount: Decimal, currency: str = "EUR") -> str:
    """12 k €, 1,4 M €: for where room is scarce."""
    sign = SIGNS.get(currency, currency)
    for limit, unit in ((Decimal(1_000_000), "M"), (Decimal(1_000), "k")):
        if abs(amount) >= limit:
            value = amount / limit
            digits = 0 if abs(value) >= 100 or unit == "k" else 1
            return f"{formats.number_format(round(value, digits), decimal_pos=digits, use_l10n=True)} {unit} {sign}"
    return f"{formats.number_format(round(amount), decimal_pos=0, use_l10n=True)} {sign}"


def state_badge(deal: Deal) -> SafeString:
    """Its stage in a word; won is good news."""
    mean = {"open": "thread", "won": "good", "lost": ""}[deal.state]
    sign = {"open": "", "won": icon("check"), "lost": icon("x")}[deal.state]
    return format_html(_BADGE, mean, sign, deal.stage.name)


def warnings_of(deal: Deal) -> SafeString:
    """What is to be seen to: it stands still, or nobody said what comes next."""
    found = [("hourglass", _("Standing still"))] if deal.is_stale else []
    found += [("circle-alert", _("No next step"))] if deal.lacks_step else []
    return format_html_join(" ", _BADGE, (("warn", icon(sign), words) for sign, words in found))


def span_words(span: timedelta) -> str:
    """So many days; hours below one."""
    if span < timedelta(days=1):
        hours = int(span.total_seconds() // 3600)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = span.days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
