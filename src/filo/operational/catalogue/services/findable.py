"""Products are made findable by what they are called: names in all languages, codes, barcodes, attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from filo.foundation.bulk import insert
from filo.foundation.folding import fold
from filo.foundation.search import services as search
from filo.operational.catalogue.models import Product, ProductText, ProductValue, Variant
from filo.operational.catalogue.queries.searching import KIND

LONGEST_NAME, LONGEST_VALUE = 40, 120


def keep_findable(ids: Sequence[UUID]) -> None:
    """Keep words and attribute values of some products as they are now; verbs call it in their transaction."""
    products = list(Product.objects.filter(pk__in=ids).select_related("line"))
    gone = [product.pk for product in products if product.deleted_at is not None]
    there = [product for product in products if product.deleted_at is None]
    variants = _by_product(Variant.objects.filter(product__in=there))
    texts = _by_product(ProductText.objects.filter(product__in=there))
    said = {one.pk: _words(one, variants[one.pk], texts[one.pk]) for one in there}
    search.index(KIND, said)
    search.note(KIND, {one.pk: _story(one, said[one.pk], texts[one.pk]) for one in there})
    if gone:
        search.forget(KIND, gone)
        search.forget_notes(KIND, gone)
    keep_values(there, variants)


def keep_values(products: Iterable[Product], variants: dict[UUID, list[Variant]]) -> None:
    """The rows that filters over attributes read."""
    wanted: dict[tuple[UUID, str, str], str] = {}
    for product in products:
        for one in [product.facts, *(variant.values for variant in variants[product.pk] if variant.active)]:
            for name, value in one.items():
                key = (product.pk, fold(str(name))[:LONGEST_NAME], fold(str(value))[:LONGEST_VALUE])
                if key[1] and key[2]:
                    wanted.setdefault(key, str(value)[:LONGEST_VALUE])
    rows = ProductValue.objects.filter(product__in=[product.pk for product in products])
    known = {(row.product_id, row.name, row.value): row.pk for row in rows}
    if gone := [pk for key, pk in known.items() if key not in wanted]:
        ProductValue.objects.filter(pk__in=gone).delete()
    new = [(key, said) for key, said in wanted.items() if key not in known]
    insert(
        ProductValue,
        [ProductValue(product_id=pk, name=name, value=value, said=said) for (pk, name, value), said in new],
    )


def _story(product: Product, said: str, texts: Iterable[ProductText]) -> str:
    """What search over everything finds it by: its words and what is said about it."""
    return "\n".join([said, product.description, *(text.description for text in texts)])


def _words(product: Product, variants: Iterable[Variant], texts: Iterable[ProductText]) -> str:
    parts = [product.name, product.code, product.brand, product.category, product.line.name if product.line else ""]
    parts += [text.name for text in texts]
    parts += [str(value) for value in product.facts.values()]
    for variant in variants:
        parts += [variant.sku, variant.barcode, *(str(value) for value in variant.values.values())]
    return search.folded(parts)


def _by_product(rows: Iterable[Variant] | Iterable[ProductText]) -> dict[UUID, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for row in rows:
        found[row.product_id].append(row)
    return found
