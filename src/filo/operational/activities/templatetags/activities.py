"""Small questions that the task templates ask."""

from __future__ import annotations

from django import template

from filo.foundation import clock
from filo.operational.activities.models import Task
from filo.operational.activities.queries import is_late

register = template.Library()


@register.filter
def late(task: Task) -> bool:
    """Whether it should have been done before today."""
    return is_late(task, on=clock.today())
