"""All that the page of a product shows: pictures, variants by value, price, what goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models.functions import Lower

from filo.collaborative.shop.queries.cards import Card, cards_in, was_of
from filo.collaborative.shop.queries.facets import by_size, name_of
from filo.collaborative.shop.queries.finding import offers_among
from filo.collaborative.shop.queries.pricing import situation_in
from filo.collaborative.shop.queries.shelves import Shelf
from filo.foundation.folding import fold
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Product, ProductImage, ProductRelation, Variant
from filo.operational.catalogue.queries.finding import free_of
from filo.operational.catalogue.queries.words import value_words
from filo.operational.prices.asking import PricedLine
from filo.operational.prices.queries.singly import price_singly

MOST_RELATED, MOST_ALIKE, FEW = 8, 4, 5


@dataclass(frozen=True)
class Value:
    """A value of an attribute: whether it is chosen, whether any variant with it is left, and the address with it."""

    said: str
    chosen: bool
    there: bool
    query: str


@dataclass(frozen=True)
class Option:
    """What variants differ by."""

    label: str
    values: tuple[Value, ...]
    chosen: str


@dataclass(frozen=True)
class ProductSeen:
    """A product as a buyer sees it. variant: the one he chose (None: he has to choose yet); price, was: of one, with
    VAT, of the chosen or of the cheapest; ranged: others cost more; left: whole ones of the chosen (None: not kept in
    stock).
    """

    product: Product
    name: str
    description: str
    images: tuple[ProductImage, ...]
    options: tuple[Option, ...]
    variant: Variant | None
    line: PricedLine | None
    ranged: bool
    left: int | None
    any_left: bool
    related: tuple[Card, ...]

    @property
    def price(self) -> Decimal | None:
        """What one costs."""
        return self.line.amount if self.line else None

    @property
    def was(self) -> Decimal | None:
        """Before discounts."""
        return was_of(self.line) if self.line else None

    @property
    def promotions(self) -> list[str]:
        """What is taken off, by name."""
        reasons = self.line.reasons if self.line else ()
        return [reason.name for reason in reasons if reason.kind == "discount" and reason.won and reason.name]

    @property
    def few(self) -> bool:
        """Whether the last ones are left of it."""
        return self.left is not None and 0 < self.left <= FEW

    @property
    def can_buy(self) -> bool:
        """Whether the chosen one can be put into the cart."""
        return self.variant is not None and self.line is not None and (self.left is None or self.left > 0)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What it is made of and the like, as a reader calls it."""
        return [
            (name_of(fold(str(name))), value_words(str(value))) for name, value in self.product.facts.items() if value
        ]


def product_on(shelf: Shelf, code: str) -> Product | None:
    """The product with this code, if the visitor may see it."""
    rows = shelf.products.alias(low=Lower("code")).filter(low=code[:60].lower()).select_related("vat")
    return rows.prefetch_related("texts").first()


def seen_by(shelf: Shelf, product: Product, asked: Sequence[str], language: str) -> ProductSeen:
    """The whole page; `asked`: choices as they stand in the address (`Taglia:M`)."""
    variants = list(Variant.objects.filter(product=product, active=True))
    for one in variants:
        one.product = product
    situation = situation_in(shelf.shop, shelf.party, language)
    told = price_singly(situation, [one.pk for one in variants])
    sold = [one for one in variants if one.pk in told]
    free = free_of(one.pk for one in sold) if product.stocked else {}
    options, chosen = _options(product, sold, asked, free, shelf.link)
    lines = [told[one.pk] for one in sold]
    cheapest = min(lines, key=lambda line: line.amount, default=None)
    return ProductSeen(
        product=product,
        name=product.name_in(language),
        description=product.description_in(language),
        images=tuple(_images(product, chosen)),
        options=options,
        variant=chosen,
        line=told[chosen.pk] if chosen else cheapest,
        ranged=chosen is None and len({line.amount for line in lines}) > 1,
        left=int(free.get(chosen.pk, ZERO)) if chosen and product.stocked else None,
        any_left=not product.stocked or any(number > 0 for number in free.values()),
        related=tuple(_related(shelf, product, language)),
    )


def _options(
    product: Product, sold: Sequence[Variant], asked: Sequence[str], free: Mapping[UUID, Decimal], link: str
) -> tuple[tuple[Option, ...], Variant | None]:
    wanted = {fold(name): fold(value) for name, _colon, value in (one.partition(":") for one in asked)}
    named = dict.fromkeys([*product.attributes, *(name for one in sold for name in one.values)])
    names = [name for name in named if any(one.values.get(name) for one in sold)]
    known = {name: sorted({str(one.values.get(name, "")) for one in sold} - {""}, key=by_size) for name in names}
    chosen = {name: _meant(known[name], wanted.get(fold(name), "")) for name in names}
    options = []
    for name in names:
        values = [
            Value(
                value_words(said),
                said == chosen[name],
                _is_left(product, sold, {**chosen, name: said}, free),
                _address({**chosen, name: said}, link),
            )
            for said in known[name]
        ]
        options.append(Option(name_of(fold(name)), tuple(values), value_words(chosen[name])))
    matching = [one for one in sold if all(str(one.values.get(name, "")) == chosen[name] for name in names)]
    whole = all(chosen.values()) and len(matching) == 1
    return tuple(options), matching[0] if whole else (sold[0] if len(sold) == 1 else None)


def _meant(known: Sequence[str], wanted: str) -> str:
    """The value that was chosen; the only one there is needs no choosing."""
    if len(known) == 1:
        return known[0]
    return next((one for one in known if wanted and fold(one) == wanted), "")


def _is_left(
    product: Product, sold: Sequence[Variant], chosen: Mapping[str, str], free: Mapping[UUID, Decimal]
) -> bool:
    some = [
        one for one in sold if all(not said or str(one.values.get(name, "")) == said for name, said in chosen.items())
    ]
    return any(not product.stocked or free.get(one.pk, ZERO) > 0 for one in some)


def _address(chosen: Mapping[str, str], link: str) -> str:
    pairs: list[tuple[str, Any]] = [("o", f"{name}:{said}") for name, said in chosen.items() if said]
    return urlencode([*pairs, *([("c", link)] if link else [])])


def _images(product: Product, chosen: Variant | None) -> list[ProductImage]:
    """Those of the chosen variant first; those of other variants after what shows the whole."""
    rows = list(ProductImage.objects.filter(product=product))
    mine = chosen.pk if chosen else None
    return sorted(
        rows, key=lambda one: (one.variant_id != mine or mine is None, one.variant_id is not None, one.position)
    )


def _related(shelf: Shelf, product: Product, language: str) -> list[Card]:
    """What the house put beside it; where that is nothing, what sells best of its category."""
    rows = ProductRelation.objects.filter(product=product).order_by("kind", "position", "id")
    order = list(rows.values_list("other", flat=True)[:MOST_RELATED])
    seen = offers_among(shelf.products)
    if order:
        found = cards_in(shelf, seen.filter(product__in=order), language, MOST_RELATED)
        if found:
            return sorted(found, key=lambda card: order.index(card.product.pk))
    if not product.category:
        return []
    alike = seen.filter(product__category=product.category).exclude(product=product).order_by("-sold", "product")
    return cards_in(shelf, alike, language, MOST_ALIKE)
