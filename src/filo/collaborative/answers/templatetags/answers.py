"""Spans of time in words."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import ngettext

register = template.Library()
HOUR = 3600


@register.filter
def span(found: timedelta) -> str:
    """Minutes below two hours, hours above: "48 minutes", "5 hours"."""
    seconds = found.total_seconds()
    if seconds < 2 * HOUR:
        minutes = max(round(seconds / 60), 1)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(seconds / HOUR)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
