"""Finds objects by the beginnings of their words."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, QuerySet

from filo.foundation.folding import query_words
from filo.foundation.search.models import SearchText

# A word that begins like a tenth of all names finds little: such short ones are compared after the others.
TELLING = 4


def matching(kind: str, text: str) -> QuerySet[Any, Any]:
    """The ids of the objects of `kind` that hold words beginning with every word of `text`.

    A subquery to narrow a `visible_to` queryset with; empty when the text holds no word.
    """
    found = _typed_words(text)[:8]
    if not found:
        return SearchText.objects.none().values("object_id")
    telling = [word for word in found if len(word) >= TELLING] or found
    rows = SearchText.objects.filter(kind=kind, text__all_prefixes=telling)
    return _with_words(rows, [word for word in found if word not in telling]).values("object_id")


def matching_among(kind: str, text: str, ids: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The same among the few objects that `ids` names: their words are compared one by one."""
    found = _typed_words(text)[:8]
    rows = _with_words(SearchText.objects.filter(kind=kind, object_id__in=ids), found)
    return rows.values("object_id") if found else rows.none().values("object_id")


def _with_words(rows: QuerySet[SearchText], words: list[str]) -> QuerySet[SearchText]:
    for word in words:
        rows = rows.filter(Q(text__startswith=word) | Q(text__contains=f" {word}"))
    return rows


def _typed_words(text: str) -> list[str]:
    """A number in groups is one word: "+39 333 765 4321" is kept as 3337654321."""
    if re.fullmatch(r"[\d\s+()./-]*\d{2}[\d\s+()./-]*", text.strip()):
        return [re.sub(r"\D", "", re.sub(r"^\s*(\+|00)39", "", text))]
    return [word for word in query_words(text) if word.isalnum()]
