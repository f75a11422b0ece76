"""Rows of the list of articles, badges, and texts with their marks carried out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.columns import days_badge, languages_badges, state_badge
from filo.collaborative.knowledge.marks import as_html
from filo.collaborative.knowledge.models import Article
from filo.foundation.files.texts import problem_words
from filo.foundation.lists.columns import Column
from filo.foundation.lists.rows import RowStyle, list_rows
from filo.foundation.organisation.models import Firm

register = template.Library()


@register.simple_tag
def article_rows(rows: Iterable[Article], columns: Sequence[Column], *, choosing: bool) -> SafeString:
    """The rows of a table of articles."""
    return list_rows(rows, columns, _CHOSEN if choosing else _ROWS)


_ROWS = RowStyle(lambda row: row.pk, peek=False)
_CHOSEN = replace(_ROWS, choose=lambda row: _("Choose %(title)s") % {"title": row.title})


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
