"""Finds objects by the beginnings of their words."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet

from filo.foundation.folding import query_words
from filo.foundation.search.models import SearchText


def matching(kind: str, text: str) -> QuerySet[Any, Any]:
    """The ids of the objects of `kind` that hold words beginning with every word of `text`.

    A subquery to narrow a `visible_to` queryset with; empty when the text holds no word.
    """
    found = _typed_words(text)[:8]
    if not found:
        return SearchText.objects.none().values("object_id")
    return SearchText.objects.filter(kind=kind, text__all_prefixes=found).values("object_id")


def _typed_words(text: str) -> list[str]:
    """A number in groups is one word: "+39 333 765 4321" is kept as 3337654321."""
    if re.fullmatch(r"[\d\s+()./-]*\d{2}[\d\s+()./-]*", text.strip()):
        return [re.sub(r"\D", "", re.sub(r"^\s*(\+|00)39", "", text))]
    return [word for word in query_words(text) if word.isalnum()]
