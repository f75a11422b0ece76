"""Times of retention in templates."""

from __future__ import annotations

from django import template

from filo.foundation.privacy import words

register = template.Library()


@register.filter
def period(days: int) -> str:
    """12 months, 10 years, 21 days."""
    return words.period(days)
