"""How numbers and lengths of calls are written."""

from __future__ import annotations

from django import template

from filo.foundation.italy.contact import display_phone

register = template.Library()


@register.filter
def phone(number: str) -> str:
    """A number (E.164) in groups; words stay as they are."""
    return display_phone(number) if number.startswith("+") else number


@register.filter
def spoken(seconds: int) -> str:
    """A length of time in minutes and seconds: 3:07."""
    return f"{seconds // 60}:{seconds % 60:02}"
