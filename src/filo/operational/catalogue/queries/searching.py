"""Products found by words of their names in any language, by codes, barcodes and attributes, also when mistyped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from filo.foundation.folding import words
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import matching_groups, spelt_like
from filo.foundation.search.typed import groups_of, words_typed
from filo.operational.catalogue.models import Product

KIND = "product"
MOST_TYPED = 200


def folded_sku(text: str) -> str:
    """A code for comparing: small and capital letters are the same, spaces around it are none."""
    return " ".join(text.split()).casefold()


def named_so(text: str) -> Q:
    """Variants with this very code or barcode; that it is not empty is said since the index holds no empty ones."""
    text = text.strip()
    return Q(sku_folded=folded_sku(text)) | (Q(barcode=text[:20]) & ~Q(barcode=""))


def narrowed(rows: QuerySet[Product], text: str) -> QuerySet[Product]:
    """Of these products those that hold every word; where none does, those that nearly do."""
    groups = groups_of(text[:MOST_TYPED])
    if not groups:
        return rows.none() if text.strip() else rows
    return rows.filter(pk__among=called(groups, text))


def called(groups: Sequence[Group], text: str) -> QuerySet[Any, Any]:
    """The ids of all products that hold every word, or nearly; whether any does is looked at by itself, whatever a list
    is narrowed by.
    """
    named = matching_groups(KIND, groups)
    if named[:1]:
        return named
    near = nearly(groups, text)
    return matching_groups(KIND, near) if near else named


def nearly(groups: Sequence[Group], text: str) -> list[Group]:
    """The same words as they may have been meant; empty where nothing is like them."""
    spelt = spelt_like(words_typed(text[:MOST_TYPED]))
    if not spelt:
        return []
    return [
        (*group, *(one.word for one in spelt.get(group[0].rstrip("*"), ()))) if len(group) == 1 else group
        for group in groups
    ]


def holds(said: str, groups: Sequence[Group]) -> bool:
    """Whether a text holds a word of each group."""
    mine = words(said)
    return all(
        any(word.startswith(one[:-1]) if one.endswith("*") else word == one for one in group for word in mine)
        for group in groups
    )
