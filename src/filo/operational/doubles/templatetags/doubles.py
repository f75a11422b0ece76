"""How likely, as people read it."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def likely(probability: float) -> str:
    """0.997 is "99.7 %", 1.0 is "> 99.9 %", 0.0 is "< 1 %": nothing is ever certain."""
    if probability < 0.01:
        return f"< {number_format(1)} %"
    if probability >= 0.999:
        return f"> {number_format(99.9, 1)} %"
    return f"{number_format(probability * 100, 1 if probability >= 0.99 else 0)} %"
