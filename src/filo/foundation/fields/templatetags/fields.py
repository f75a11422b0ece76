"""Questions that templates ask about fields."""

from __future__ import annotations

from django import template

from filo.foundation.fields.forms import ValuesForm

register = template.Library()


@register.simple_tag
def chosen_name(form: ValuesForm, name: str) -> str:
    """The name of whom a relation among the fields of a form names."""
    return form.name_chosen(name)
