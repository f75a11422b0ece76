"""Small questions that the customer templates ask."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from filo.foundation.web.templatetags.web import short_day
from filo.operational.parties.models import ContactPoint, Relationship
from filo.operational.parties.models.links import RELATION_ROLES
from filo.operational.parties.models.relationship import STAGE_ORDER, STAGES
from filo.operational.parties.queries.card import Related
from filo.operational.parties.timeline_kinds import channels

register = template.Library()


@register.filter
def first_of_type(points: Iterable[ContactPoint], types: str) -> ContactPoint | None:
    """The preferred contact point of the first type that has one: `points|first_of_type:"mobile,phone"`."""
    found = sorted(points, key=lambda point: not point.preferred)
    for wanted in types.split(","):
        for point in found:
            if point.type == wanted:
                return point
    return None


@register.filter
def stage_steps(row: Relationship) -> list[tuple[str, str, int]]:
    """The four knots: code, label, place."""
    return [(code, str(label), STAGE_ORDER[code]) for code, label in STAGES]


@register.filter
def relation_words(relation: Related) -> str:
    """What the other is, seen from this card, with role and dates."""
    row = relation.row
    there, back = {code: (a, b) for code, a, b in RELATION_ROLES}[row.role]
    parts = [str(there if relation.forward else back)]
    if row.job_title:
        parts.append(row.job_title)
    if row.valid_from:
        parts.append(_("since %(day)s") % {"day": short_day(row.valid_from)})
    if row.valid_to:
        parts.append(_("until %(day)s") % {"day": short_day(row.valid_to)})
    return ", ".join(parts)


@register.filter
def story_channels(_nothing: str) -> list[tuple[str, str]]:
    """The channels a story can be narrowed by."""
    return channels()
