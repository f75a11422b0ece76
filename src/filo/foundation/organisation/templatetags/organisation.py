"""The list of chapters beside every page of the settings."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from filo.foundation.organisation.sections import sections

register = template.Library()


@register.inclusion_tag("organisation/_chapters.html", takes_context=True)
def chapters(context: RequestContext) -> dict[str, Any]:
    """`{% chapters %}`: where one can go within the settings, and where one is."""
    request = context["request"]
    return {"sections": sections(request.principal), "path": request.path}
