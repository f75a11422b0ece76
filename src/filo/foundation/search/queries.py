"""Finds objects by the beginnings of their words, and words by what they nearly are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from filo.foundation.search.lookups import Group
from filo.foundation.search.models import SearchNote, SearchText, SearchWord
from filo.foundation.search.spelling import can_slip, keys_of, likeness
from filo.foundation.search.typed import groups_of

# One or two letters begin a word of nearly everybody: they are compared after the others.
TELLING = 3
MOST_CANDIDATES, MOST_SPELLINGS = 800, 12


@dataclass(frozen=True)
class Spelling:
    """A word that some name holds, and how many slips it is from what was typed."""

    word: str
    slips: float


def matching(kind: str, text: str) -> QuerySet[Any, Any]:
    """The ids of the objects of `kind` that hold words beginning with every word of `text`.

    A subquery to narrow a `visible_to` queryset with; empty when the text holds no word.
    """
    return matching_groups(kind, groups_of(text))


def matching_groups(kind: str, groups: Sequence[Group]) -> QuerySet[Any, Any]:
    """The same for words of which some may be spelt in several ways."""
    if not groups:
        return SearchText.objects.none().values("object_id")
    telling = [group for group in groups if len(group[0]) > TELLING] or list(groups)
    rows = SearchText.objects.filter(kind__beside=kind, text__worded=telling)
    return _with_words(rows, [group for group in groups if group not in telling]).values("object_id")


def matching_among(kind: str, groups: Sequence[Group], ids: QuerySet[Any, Any] | Sequence[UUID]) -> QuerySet[Any, Any]:
    """The same among the few objects that `ids` names: their words are compared one by one."""
    rows = _with_words(SearchText.objects.filter(kind=kind, object_id__in=ids), groups)
    return (rows if groups else rows.none()).values("object_id")


def holding(stems: Sequence[Group]) -> QuerySet[SearchNote]:
    """What was written, of every kind, that holds a form of each of these words, in no order."""
    return SearchNote.objects.filter(text__worded=list(stems)) if stems else SearchNote.objects.none()


def notes_with(kind: str, stems: Sequence[Group]) -> QuerySet[SearchNote]:
    """What was written that holds a form of each of these words, in no order."""
    return (
        SearchNote.objects.filter(kind__beside=kind, text__worded=list(stems)) if stems else SearchNote.objects.none()
    )


def notes_among(kind: str, stems: Sequence[Group], ids: Iterable[UUID]) -> QuerySet[SearchNote]:
    """The same among a few, compared one by one: for words that half of all stories hold."""
    return _with_words(SearchNote.objects.filter(kind=kind, object_id__in=list(ids)), stems)


def texts_of(kind: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The words of some objects."""
    rows = SearchText.objects.filter(kind=kind, object_id__in=list(ids))
    return dict(rows.values_list("object_id", "text"))


def spelt_like(words: Sequence[str]) -> dict[str, list[Spelling]]:
    """For each word the words of names that are a slip or two from it, the nearest first."""
    asked = {word: set(keys_of(word)) for word in words if can_slip(word)}
    keys = tuple(dict.fromkeys(key for word in asked for key in keys_of(word)))
    if not keys:
        return {}
    rows = SearchWord.objects.filter(keys__worded=[keys]).values_list("word", flat=True)
    candidates = set(rows[: MOST_CANDIDATES * len(asked)])
    found = {
        word: _spellings(word, (one for one in candidates if not mine.isdisjoint(keys_of(one))))
        for word, mine in asked.items()
    }
    return {word: spellings for word, spellings in found.items() if spellings}


def _spellings(typed: str, candidates: Iterable[str]) -> list[Spelling]:
    measured = ((word, likeness(typed, word)) for word in candidates)
    near = [Spelling(word, slips) for word, slips in measured if slips is not None]
    return sorted(near, key=lambda one: (one.slips, one.word))[:MOST_SPELLINGS]


def _with_words(rows: QuerySet[Any], groups: Sequence[Group]) -> QuerySet[Any]:
    """Compared letter by letter: a whole word is taken for a beginning, which finds a little more."""
    for group in groups:
        either = Q()
        for word in group:
            beginning = word.removesuffix("*")
            either |= Q(text__startswith=beginning) | Q(text__contains=f" {beginning}")
        rows = rows.filter(either)
    return rows
