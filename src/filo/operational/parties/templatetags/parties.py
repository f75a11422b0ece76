"""Small questions that the customer templates ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.foundation.lists.columns import Column
from filo.foundation.lists.rows import RowStyle, list_rows
from filo.foundation.web.templatetags.web import icon, short_day
from filo.operational.parties.models import ContactPoint, Relationship
from filo.operational.parties.models.links import CONTACT_ROLES, RELATION_ROLES
from filo.operational.parties.models.relationship import STAGE_ORDER, STAGES
from filo.operational.parties.queries.card import Related
from filo.operational.parties.queries.lists import Row
from filo.operational.parties.timeline_kinds import channels

register = template.Library()
_AFTER_A_SIGN = re.compile(r"(?<=[@/._-])(?=\w)")


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
def with_breaks(text: str) -> SafeString:
    """An address that, where it is too long for its line, breaks after a sign and not within a word."""
    first, *rest = _AFTER_A_SIGN.split(text)
    return format_html("{}{}", first, format_html_join("", "<wbr>{}", ((part,) for part in rest)))


@register.simple_tag
def party_rows(rows: Iterable[Row], columns: Sequence[Column], *, chosen: bool = True) -> SafeString:
    """The rows of a table of parties. Not a template, because it is the hottest part of the hottest page:
    fifty rows of a template take as long as all the rest of the list.
    """
    return list_rows(rows, columns, _CHOSEN if chosen else _ROWS)


_ROWS = RowStyle(lambda row: row.party.id, wraps=False)
_CHOSEN = replace(_ROWS, choose=lambda row: _("Choose %(name)s") % {"name": row.party.display_name})


@register.simple_tag
def whence(fact: str, place: int | None = None, *, linked: str = "") -> SafeString:
    """The button beside a value that tells where it comes from: `{% whence "addresses" forloop.counter0 %}`. Beside a
    link it is for fingers alone: with keys the link itself tells. Not a template, because a card has twenty.
    """
    name = fact if place is None else f"{fact}.{place}"
    rest = format_html(' tabindex="{}"', "-1") if linked else ""
    return format_html(_WHENCE, name, _("Where this comes from"), rest, icon("info"))


_BUTTON = '<button type="button" aria-label="{}" aria-expanded="false"{}>{}</button>'
_WHENCE = '<filo-whence data-fact="{}">' + _BUTTON + "</filo-whence>"


@register.filter
def stage_steps(row: Relationship) -> list[tuple[str, str, int]]:
    """The four knots: code, label, place."""
    return [(code, str(label), STAGE_ORDER[code]) for code, label in STAGES]


def _role_words(relation: Related) -> str:
    there, back = {code: (a, b) for code, a, b in RELATION_ROLES}[relation.row.role]
    return str(there if relation.forward else back)


def leads(relation: Related) -> bool:
    """Whether the words go before the name: *Owner of Studio Rossi*; not so for *Anna Bassi, contact*."""
    return relation.forward or relation.row.role not in CONTACT_ROLES


@register.filter
def relation_lead(relation: Related) -> str:
    """What this card is to the other, to be read before his name; empty where the name comes first."""
    return _role_words(relation) if leads(relation) else ""


@register.filter
def relation_words(relation: Related) -> str:
    """What stands below the name of the other: what he is to this card, his role and the dates."""
    row, role = relation.row, _role_words(relation)
    parts = [] if leads(relation) else [role]
    if row.job_title and row.job_title.casefold() not in role.casefold():
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
