"""Small questions that the task templates ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from filo.foundation import clock
from filo.operational.activities.models import Task
from filo.operational.activities.queries import is_late

register = template.Library()
ACTS: Mapping[str, tuple[str | Promise, str, str]] = {
    "call": (pgettext_lazy("to a customer", "Call"), "phone", "call"),
    "mail": (pgettext_lazy("to a customer", "Write"), "mail", "mail"),
    "meeting": (pgettext_lazy("a meeting", "Tell it"), "users", "meeting"),
}


@dataclass(frozen=True)
class Act:
    """A button of a task: its words, its icon, and where on the card it leads."""

    words: str
    icon: str
    place: str


@register.filter
def act(task: Task) -> Act:
    """What is to be pressed beside a task: the act itself where its kind names one, the card otherwise."""
    words, icon, channel = ACTS.get(task.kind, (_("Card"), "", ""))
    return Act(str(words), icon, f"#compose-{channel}" if channel else "")


@register.filter
def late(task: Task) -> bool:
    """Whether it should have been done before today."""
    return is_late(task, on=clock.today())
