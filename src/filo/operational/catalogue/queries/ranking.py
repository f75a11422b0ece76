"""Which of the variants that were found come first: those that the words mean best."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from filo.foundation.folding import words
from filo.foundation.search.lookups import Group
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.searching import holds, nearly


def best_first(rows: list[Variant], order: list[UUID], groups: Sequence[Group], text: str) -> list[Variant]:
    """In the order of their products, those that the words name: by their names before by their category or brand,
    and first those whose values are said as typed (a size L).
    """
    rank = {pk: place for place, pk in enumerate(order)}
    typed = {group[0].rstrip("*") for group in groups}

    if not any(holds(_said(one), groups) for one in rows):
        groups = nearly(groups, text) or groups

    def place(one: Variant) -> tuple[bool, int, int, int, str]:
        by_category = not holds(_called(one), groups)
        return by_category, -len(typed & set(words(one.told))), rank[one.product_id], one.position, one.sku

    rows.sort(key=place)
    return [one for one in rows if holds(_said(one), groups)] or rows


def _called(one: Variant) -> str:
    """How the thing itself is called, in all languages."""
    texts = " ".join(text.name for text in one.product.texts.all())
    return f"{one.sku} {one.barcode} {one.told} {one.product.name} {one.product.code} {texts}"


def _said(one: Variant) -> str:
    """The same with what it belongs to."""
    return f"{_called(one)} {one.product.brand} {one.product.category}"
