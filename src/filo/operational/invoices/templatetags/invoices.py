"""States of invoices and files as badges, and days."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filo.foundation.web.templatetags.web import short_day
from filo.operational.invoices.models import Invoice, InvoiceFile

register = template.Library()
_MEANS = {
    "issued": "info",
    "sent": "info",
    "delivered": "good",
    "accepted": "good",
    "lapsed": "good",
    "undelivered": "warn",
    "rejected": "bad",
    "refused": "bad",
}
_FILES = {"invoice": "good", "notification": "info", "quarantine": "bad"}
_BADGE = '<span class="badge" data-mean="{}">{}</span>'


@register.filter
def invoice_state(invoice: Invoice) -> SafeString:
    """The state as a badge."""
    return format_html(_BADGE, _MEANS.get(invoice.state, ""), invoice.get_state_display())


@register.filter
def file_state(file: InvoiceFile) -> SafeString:
    """What became of a file, as a badge."""
    return format_html(_BADGE, _FILES.get(file.kind, ""), file.get_kind_display())


@register.filter
def day(value: date | None) -> str:
    """31 Dec, with the year when it is another one."""
    return short_day(value)
