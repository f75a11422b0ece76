"""Badges of trees, and what became of those who came to a node."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from filo.collaborative.trees.models import DecisionTree

register = template.Library()
_PARTS = {
    "went_on": gettext_lazy("went on"),
    "helped": gettext_lazy("were helped"),
    "person": gettext_lazy("asked a person"),
    "unhelped": gettext_lazy("were not helped"),
    "left": gettext_lazy("left here"),
}


@register.filter
def tree_state(tree: DecisionTree) -> SafeString:
    """Whether it is walked, and whether it was changed since."""
    if tree.live is None:
        return format_html('<span class="badge">{}</span>', pgettext("a tree", "Draft"))
    walked = format_html('<span class="badge" data-mean="good">{}</span>', pgettext("a tree", "Published"))
    if not tree.is_ahead:
        return walked
    return format_html('{} <span class="badge" data-mean="warn">{}</span>', walked, _("Changed since"))


@register.filter
def part_words(name: str) -> str:
    """What became of a part of those who came to a node."""
    return str(_PARTS[name])


@register.simple_tag
def part_names() -> list[tuple[str, str]]:
    """All that can become of them, in the order in which it is drawn."""
    return [(name, str(words)) for name, words in _PARTS.items()]
