"""How a quote stands, as a badge with a word."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from filo.foundation.web.templatetags.web import icon, short_day
from filo.operational.quotes.models import Quote

_BADGE = '<span class="badge" data-mean="{}">{}{}</span>'
_LOOKS = {
    "draft": ("", "pencil"),
    "waiting": ("warn", "clock"),
    "approved": ("info", "check"),
    "sent": ("info", "send"),
    "viewed": ("info", "eye"),
    "accepted": ("good", "badge-check"),
    "rejected": ("bad", "x"),
    "expired": ("bad", "clock"),
    "superseded": ("", "undo-2"),
    "withdrawn": ("", "x"),
}
SOON = 3


def state_badge(quote: Quote) -> SafeString:
    """Its state."""
    mean, sign = _LOOKS[quote.state]
    return format_html(_BADGE, mean, icon(sign), quote.get_state_display())


def until_badge(quote: Quote) -> SafeString | str:
    """Until when it holds: marked when that is soon and nobody has answered."""
    day = short_day(quote.valid_until)
    if not quote.is_out or quote.days_left > SOON:
        return day
    return format_html(_BADGE, "bad" if quote.days_left < 0 else "warn", icon("clock"), day)
