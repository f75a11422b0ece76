"""Which of the variants that were found come first: those that the words mean best."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from filo.foundation.folding import words
from filo.foundation.search.lookups import Group
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.searching import holds, nearly


def best_first(rows: list[Variant], order: list[UUID], groups: Sequence[Group], text: str) -> list[Variant]:
    """In the order of their products, those that the words name; first whose values are said as typed (a size L)."""
    rank = {pk: place for place, pk in enumerate(order)}
    typed = {group[0].rstrip("*") for group in groups}

    def place(one: Variant) -> tuple[int, int, int, str]:
        return -len(typed & set(words(one.told))), rank[one.product_id], one.position, one.sku

    rows.sort(key=place)
    named = [one for one in rows if holds(_said(one), groups)]
    if not named and (near := nearly(groups, text)):
        named = [one for one in rows if holds(_said(one), near)]
    return named or rows


def _said(one: Variant) -> str:
    texts = " ".join(text.name for text in one.product.texts.all())
    product = one.product
    return (
        f"{one.sku} {one.barcode} {one.told} {product.name} {product.code} {product.brand} {product.category} {texts}"
    )
