"""Rows of the list of articles, badges, and texts with their marks carried out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.columns import days_badge, languages_badges, state_badge
from filo.collaborative.knowledge.marks import as_html
from filo.collaborative.knowledge.models import Article
from filo.foundation.files.texts import problem_words
from filo.foundation.lists.columns import Column
from filo.foundation.organisation.models import Firm

register = template.Library()
_BOX = (
    '<td class="box"><label><input type="checkbox" name="chosen" value="{}" form="chosen" aria-label="{}"></label></td>'
)
_CELL = '<td class="{}" data-label="{}">{}</td>'


@register.simple_tag
def article_rows(rows: Iterable[Article], columns: Sequence[Column], *, choosing: bool) -> SafeString:
    """The rows of a table of articles."""
    labels = [(column, str(column.label)) for column in columns[1:]]
    return format_html_join(
        "",
        '<tr data-id="{}">{}<td data-wrap>{}</td>{}</tr>',
        (
            (
                row.pk,
                format_html(_BOX, row.pk, _("Choose %(title)s") % {"title": row.title}) if choosing else "",
                columns[0].cell(row),
                format_html_join("", _CELL, ((column.style, label, column.cell(row)) for column, label in labels)),
            )
            for row in rows
        ),
    )


@register.filter
def carried_out(text: str) -> SafeString:
    """A text with light marks, as HTML."""
    return as_html(text)


@register.filter
def state_of(article: Article) -> SafeString:
    """The state as a badge."""
    return state_badge(article)


@register.filter
def languages_of(article: Article) -> SafeString:
    """The languages it is written in, and those that are missing."""
    return languages_badges(article)


@register.filter
def days_of(article: Article) -> SafeString | str:
    """The days on which it holds, where these are not all."""
    return days_badge(article)


@register.filter
def why_unread(code: str) -> str:
    """Why nothing was found in a file."""
    return problem_words(code)


@register.simple_tag
def firm_name() -> str:
    """Whose knowledge base it is."""
    return Firm.objects.values_list("name", flat=True).first() or "Filo"
