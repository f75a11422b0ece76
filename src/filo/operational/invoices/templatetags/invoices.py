"""States of invoices and files as badges, and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filo.foundation.web.templatetags.web import short_day
from filo.operational.invoices.fatturapa.codes import METHODS, OTHER_METHODS, REFERENCES, WITHHOLDINGS
from filo.operational.invoices.models import Invoice, InvoiceFile, InvoiceTax

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


@register.filter
def method_words(code: str) -> str:
    """How it is paid: MP05 as bank transfer."""
    return str((METHODS | OTHER_METHODS).get(code, code))


@register.filter
def reference_words(kind: str) -> str:
    """Which kind of other document is named."""
    return str(REFERENCES.get(kind, ""))


@register.filter
def withholding_words(code: str) -> str:
    """What kind of withholding it is."""
    return str(WITHHOLDINGS.get(code, ""))


@register.filter
def at_position(told: Mapping[int, str], position: int) -> str:
    """What is told about the line at a position."""
    return told.get(position, "")


@register.filter
def split_by(invoice: Invoice, taxes: Iterable[InvoiceTax]) -> Decimal:
    """The VAT that the customer pays to the State himself."""
    return invoice.split_vat(taxes)
